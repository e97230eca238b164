/** What an organization's runs consumed, by install. */
import { unwrap } from '@paddock/client';
import { useQuery } from '@tanstack/react-query';
import { useSession } from './session.js';

/** The last 30 days. */
export function useUsage() {
  const { client } = useSession();
  return useQuery({ queryKey: ['usage'], queryFn: () => unwrap(client.GET('/v1/usage')) });
}
