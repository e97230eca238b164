/** The executors and what their isolation probes found. For platform admins. */
import { type components, unwrap } from '@paddock/client';
import { useQuery } from '@tanstack/react-query';
import { useSession } from './session.js';

export type Executor = components['schemas']['Executor'];

export function useExecutors() {
  const { client } = useSession();
  return useQuery({
    queryKey: ['executors'],
    queryFn: async () => (await unwrap(client.GET('/v1/executors'))).items,
    refetchInterval: 5000,
  });
}
