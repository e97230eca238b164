/** What the organization is told of the versions that it has installed. */
import { unwrap } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from './session.js';

/** Those that nobody has read; the newest ones, should there be many. */
export function useUnreadNotices() {
  const { client } = useSession();
  return useQuery({
    queryKey: ['notices'],
    queryFn: () => unwrap(client.GET('/v1/notices', { params: { query: { unread: 'true' } } })),
  });
}

export function useReadNotices() {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (until: string) => unwrap(client.POST('/v1/notices/read', { body: { until } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
}
