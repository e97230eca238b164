/** What a version is judged by: what is new in it, its files, what each of them says. */
import { type components, unwrap, type Version } from '@paddock/client';
import { useQuery } from '@tanstack/react-query';
import { useSession } from './session.js';

export type VersionDifference = components['schemas']['VersionDifference'];

export function useVersionDifference(id: string, enabled = true) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['versions', id, 'difference'],
    queryFn: () => unwrap(client.GET('/v1/versions/{id}/difference', { params: { path: { id } } })),
    enabled,
  });
}

export function useVersionFiles(id: string, enabled = true) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['versions', id, 'files'],
    queryFn: async () => (await unwrap(client.GET('/v1/versions/{id}/files', { params: { path: { id } } }))).items,
    enabled,
  });
}

/** A file's text, once one is chosen. */
export function useVersionFile(id: string, path: string | null) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['versions', id, 'files', path],
    queryFn: async () => {
      const params = { path: { id }, query: { path: path ?? '' } };
      const text: unknown = await unwrap(client.GET('/v1/versions/{id}/files/content', { params, parseAs: 'text' }));
      return String(text);
    },
    enabled: path !== null,
    retry: false,
  });
}

/**
 * Whether what a version is judged by is still on its way: its difference, its files, and the text that is shown first.
 * What is decided waits for it, so that it is read first, and no button moves from under a pointer.
 */
export function useIsReviewLoading({ id, manifest }: Version, canRead: boolean, canReadFiles: boolean): boolean {
  const difference = useVersionDifference(id, canRead);
  const files = useVersionFiles(id, canReadFiles);
  const entry = useVersionFile(id, canReadFiles ? (manifest?.entry ?? null) : null);
  return difference.isLoading || files.isLoading || entry.isLoading;
}
