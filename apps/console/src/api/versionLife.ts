/** What becomes of a published version: yanked, deprecated, revoked; what it could reach; what is said of it. */
import { type components, type PaddockClient, unwrap, type Version } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePagedList } from './pages.js';
import { useSession } from './session.js';

export type ExposedInstall = components['schemas']['ExposedInstall'];
export type VersionMessage = components['schemas']['VersionMessage'];

type Params = { path: { id: string } };

/** A change of a version, after which whatever shows it is looked up again. */
function useChange<T>(id: string, change: (client: PaddockClient, params: Params, input: T) => Promise<Version>) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation<Version, Error, T>({
    mutationFn: (input) => change(client, { path: { id } }, input),
    onSuccess: (version) => {
      queries.setQueryData(['versions', id], version);
      for (const queryKey of [['versions', 'list'], ['versions', id, 'exposure'], ['plugins'], ['installs'], ['runs']])
        void queries.invalidateQueries({ queryKey });
    },
  });
}

export const useYank = (id: string) =>
  useChange(id, (client, params, reason: string) =>
    unwrap(client.POST('/v1/versions/{id}/yank', { params, body: { reason } })),
  );
export const useUnyank = (id: string) =>
  useChange<void>(id, (client, params) => unwrap(client.POST('/v1/versions/{id}/unyank', { params, body: {} })));
export const useRevoke = (id: string) =>
  useChange(id, (client, params, reason: string) =>
    unwrap(client.POST('/v1/versions/{id}/revoke', { params, body: { reason } })),
  );
export const useDeprecate = (id: string) =>
  useChange(id, (client, params, said: { message: string; replacement?: string }) =>
    unwrap(client.PUT('/v1/versions/{id}/deprecation', { params, body: said })),
  );
export const useUndeprecate = (id: string) =>
  useChange<void>(id, (client, params) => unwrap(client.DELETE('/v1/versions/{id}/deprecation', { params })));

export function useExposure(id: string) {
  const { client } = useSession();
  return usePagedList<ExposedInstall>(['versions', id, 'exposure'], (after) =>
    unwrap(
      client.GET('/v1/versions/{id}/exposure', {
        params: { path: { id }, query: after === undefined ? {} : { after } },
      }),
    ),
  );
}

const THREAD_EVERY_MS = 15_000;

export function useMessages(id: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['versions', id, 'messages'],
    queryFn: async () => {
      const messages: VersionMessage[] = [];
      let after: string | undefined;
      do {
        const query = { limit: 200, ...(after === undefined ? {} : { after }) };
        const page = await unwrap(client.GET('/v1/versions/{id}/messages', { params: { path: { id }, query } }));
        messages.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return messages;
    },
    refetchInterval: THREAD_EVERY_MS,
  });
}

export function usePostMessage(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      unwrap(client.POST('/v1/versions/{id}/messages', { params: { path: { id } }, body: { text } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['versions', id, 'messages'] }),
  });
}
