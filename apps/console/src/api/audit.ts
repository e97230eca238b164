/** The audit trail and the newest signed head of its tree. */
import { ApiError, type AuditEvent, type components, unwrap } from '@paddock/client';
import { useQuery } from '@tanstack/react-query';
import { usePagedList } from './pages.js';
import { useSession } from './session.js';

export type AuditCheckpoint = components['schemas']['AuditCheckpoint'];

export interface AuditFilter {
  event?: AuditEvent['event'];
  organizationId?: string;
  subjectId?: string;
  /** ISO 8601 in UTC. */
  from?: string;
  to?: string;
}

export function useAuditEvents(filter: AuditFilter) {
  const { client } = useSession();
  return usePagedList(['audit', 'events', filter], (after) =>
    unwrap(
      client.GET('/v1/audit/events', { params: { query: { ...filter, ...(after === undefined ? {} : { after }) } } }),
    ),
  );
}

/** Null while there is none yet. */
export function useAuditCheckpoint() {
  const { client } = useSession();
  return useQuery({
    queryKey: ['audit', 'checkpoint'],
    queryFn: async (): Promise<AuditCheckpoint | null> => {
      try {
        return await unwrap(client.GET('/v1/audit/checkpoint'));
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not_found') return null;
        throw error;
      }
    },
    refetchInterval: 10_000,
  });
}
