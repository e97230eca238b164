/** What tenants report to the admins. */
import { type components, unwrap } from '@paddock/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePagedList } from './pages.js';
import { useSession } from './session.js';

export type AbuseReport = components['schemas']['AbuseReport'];

export function useReports(open: boolean) {
  const { client } = useSession();
  return usePagedList<AbuseReport>(['reports', open], (after) =>
    unwrap(
      client.GET('/v1/reports', {
        params: { query: { open: String(open), ...(after === undefined ? {} : { after }) } },
      }),
    ),
  );
}

export function useReportVersion(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Pick<AbuseReport, 'category' | 'text'>) =>
      unwrap(client.POST('/v1/versions/{id}/reports', { params: { path: { id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reports'] }),
  });
}

export function useResolveReport(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (resolution: string) =>
      unwrap(client.POST('/v1/reports/{id}/resolve', { params: { path: { id } }, body: { resolution } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reports'] }),
  });
}
