/** Versions: a publisher's own, or everybody's for platform admins; their upload and the decisions on them. */
import { ApiError, unwrap, type Version } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePagedList } from './pages.js';
import { type Session, useSession } from './session.js';

export type VersionState = Version['state'];
export type Finding = Version['findings'][number];

const VERIFYING_EVERY_MS = 1000;
const QUEUE_EVERY_MS = 5000;

export function useVersions(state?: VersionState) {
  const { client } = useSession();
  return usePagedList(
    ['versions', 'list', state ?? 'all'],
    (after) =>
      unwrap(
        client.GET('/v1/versions', {
          params: { query: { ...(state === undefined ? {} : { state }), ...(after === undefined ? {} : { after }) } },
        }),
      ),
    {
      refreshMs: (items) =>
        state !== undefined || items.some((version) => version.state === 'verifying') ? QUEUE_EVERY_MS : false,
    },
  );
}

/** A version, followed while it is being verified. */
export function useVersion(id: string | undefined) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['versions', id],
    queryFn: () => unwrap(client.GET('/v1/versions/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'verifying' ? VERIFYING_EVERY_MS : false),
  });
}

export type VersionDecision = { kind: 'publish'; reason?: string } | { kind: 'reject'; reason: string };

export function useDecideVersion(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decision: VersionDecision) => {
      const params = { path: { id } };
      return decision.kind === 'publish'
        ? unwrap(
            client.POST('/v1/versions/{id}/publish', {
              params,
              body: decision.reason === undefined ? {} : { reason: decision.reason },
            }),
          )
        : unwrap(client.POST('/v1/versions/{id}/reject', { params, body: { reason: decision.reason } }));
    },
    onSuccess: (version) => {
      queries.setQueryData(['versions', id], version);
      void queries.invalidateQueries({ queryKey: ['versions', 'list'] });
      void queries.invalidateQueries({ queryKey: ['plugins'] });
    },
  });
}

export interface SignedBundle {
  readonly bundle: Blob;
  /** The DSSE envelope as JSON text. */
  readonly envelope: string;
}

export function useUploadVersion(onProgress: (fraction: number) => void) {
  const session = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (signed: SignedBundle) => uploadVersion(session, signed, onProgress),
    onSuccess: (version) => {
      queries.setQueryData(['versions', version.id], version);
      void queries.invalidateQueries({ queryKey: ['versions', 'list'] });
    },
  });
}

/** Goes by XMLHttpRequest, since `fetch` doesn't tell how much of a body is sent. @throws ApiError */
function uploadVersion(
  { url, apiKey }: Session,
  { bundle, envelope }: SignedBundle,
  onProgress: (fraction: number) => void,
): Promise<Version> {
  const form = new FormData();
  form.set('signature', new Blob([envelope], { type: 'application/json' }), 'signature.json');
  form.set('bundle', bundle, 'bundle.tgz');
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${url}/v1/versions`);
    request.setRequestHeader('Authorization', `Bearer ${apiKey}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new TypeError('The upload was broken off.'));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve(request.response as Version);
      const problem = request.response as ConstructorParameters<typeof ApiError>[1] | null;
      reject(
        new ApiError(
          request.status,
          problem ?? { code: 'unavailable', title: `The server answered ${request.status}.` },
        ),
      );
    };
    request.send(form);
  });
}
