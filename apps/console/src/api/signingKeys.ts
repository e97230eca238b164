/** The public halves of an organization's signing keys, as the registry knows them. */
import { type components, unwrap } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from './session.js';

export type SigningKey = components['schemas']['SigningKey'];

export function useSigningKeys() {
  const { client } = useSession();
  return useQuery({
    queryKey: ['signing-keys'],
    queryFn: async () => (await unwrap(client.GET('/v1/signing-keys'))).items,
  });
}

export function useRegisterSigningKey() {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; publicKey: string }) => unwrap(client.POST('/v1/signing-keys', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['signing-keys'] }),
  });
}

export function useRevokeSigningKey(keyId: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        client.POST('/v1/signing-keys/{keyId}/revoke', {
          params: { path: { keyId } },
          body: { reason: 'Revoked in the console.' },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['signing-keys'] }),
  });
}

export type KeyStanding = 'unknown' | 'unregistered' | 'revoked' | 'not yet valid' | 'expired' | 'usable';

/** How the registry sees a key; `unknown` until the list of keys is there. */
export function standingOf(keyId: string, keys: readonly SigningKey[] | undefined, now = Date.now()): KeyStanding {
  if (keys === undefined) return 'unknown';
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) return 'unregistered';
  if (key.revokedAt !== null) return 'revoked';
  if (Date.parse(key.validFrom) > now) return 'not yet valid';
  return key.validUntil !== null && Date.parse(key.validUntil) <= now ? 'expired' : 'usable';
}
