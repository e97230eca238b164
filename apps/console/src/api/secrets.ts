/** An install's secrets: which have a value, and since when. What the value is leaves this page and never comes back. */
import { unwrap } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from './session.js';

export function useSecrets(installId: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['installs', installId, 'secrets'],
    queryFn: async () =>
      (await unwrap(client.GET('/v1/installs/{id}/secrets', { params: { path: { id: installId } } }))).items,
  });
}

export function useSetSecret(installId: string, name: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (value: string) =>
      unwrap(
        client.PUT('/v1/installs/{id}/secrets/{name}', { params: { path: { id: installId, name } }, body: { value } }),
      ),
    // What was sent is a mutation's own state, so it is not kept for a while as others are.
    gcTime: 0,
    onSettled: () => queries.invalidateQueries({ queryKey: ['installs', installId, 'secrets'] }),
  });
}

export function useRemoveSecret(installId: string, name: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(client.DELETE('/v1/installs/{id}/secrets/{name}', { params: { path: { id: installId, name } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['installs', installId, 'secrets'] }),
  });
}
