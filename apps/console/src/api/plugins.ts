/** The catalogue and its plugins, as every signed-in organization sees them. */
import { type components, unwrap } from '@paddock/client';
import { useQuery } from '@tanstack/react-query';
import { usePagedList } from './pages.js';
import { useSession } from './session.js';

export type PluginDetails = components['schemas']['PluginDetails'];
export type Manifest = PluginDetails['manifest'];

export function useCatalogue(words: string) {
  const { client } = useSession();
  const query = words.trim();
  return usePagedList(
    ['plugins', 'list', query],
    (after) =>
      unwrap(
        client.GET('/v1/plugins', {
          params: { query: { ...(query === '' ? {} : { query }), ...(after === undefined ? {} : { after }) } },
        }),
      ),
    { keepPrevious: true },
  );
}

export function usePlugin(publisher: string, name: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['plugins', publisher, name],
    queryFn: () => unwrap(client.GET('/v1/plugins/{publisher}/{name}', { params: { path: { publisher, name } } })),
  });
}
