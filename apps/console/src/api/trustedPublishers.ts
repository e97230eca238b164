/** The identities that may sign an organization's versions by Sigstore, without a key. */
import { type components, unwrap } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from './session.js';

export type TrustedPublisher = components['schemas']['TrustedPublisher'];

export interface NewTrustedPublisher {
  name: string;
  issuer: string;
  identity: string;
}

export function useTrustedPublishers() {
  const { client } = useSession();
  return useQuery({
    queryKey: ['trusted-publishers'],
    queryFn: async () => (await unwrap(client.GET('/v1/trusted-publishers'))).items,
  });
}

export function useTrust() {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewTrustedPublisher) => unwrap(client.POST('/v1/trusted-publishers', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['trusted-publishers'] }),
  });
}

export function useDistrust(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      unwrap(client.POST('/v1/trusted-publishers/{id}/revoke', { params: { path: { id } }, body: { reason } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['trusted-publishers'] }),
  });
}
