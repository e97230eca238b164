/** What an organization's admin may change of it. */
import { type Me, unwrap } from '@paddock/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSession } from './session.js';

export function useChangeThreshold() {
  const { client, apiKey } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (signatureThreshold: number) =>
      unwrap(client.PATCH('/v1/organization', { body: { signatureThreshold } })),
    onSuccess: (organization) =>
      queries.setQueryData<Me>(['me', apiKey], (before) => before && { ...before, organization }),
  });
}
