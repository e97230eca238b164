/** Versions: a publisher's own, or everybody's for platform admins; their upload and the decisions on them. */
import { ApiError, unwrap, type Version } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePagedList } from './pages.js';
import { type Session, useSession } from './session.js';

export type VersionState = Version['state'];
export type Finding = Version['findings'][number];

const VERIFYING_EVERY_MS = 1000;
const QUEUE_EVERY_MS = 5000;

/** Newest first; the oldest first where they wait for somebody. */
export function useVersions(state?: VersionState, order: 'newest' | 'oldest' = 'newest') {
  const { client } = useSession();
  return usePagedList(
    ['versions', 'list', state ?? 'all', order],
    (after) =>
      unwrap(
        client.GET('/v1/versions', {
          params: {
            query: { order, ...(state === undefined ? {} : { state }), ...(after === undefined ? {} : { after }) },
          },
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

/** What a version can do; for versions whose code was read. */
export function useVersionAbilities(id: string | undefined) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['versions', id, 'abilities'],
    queryFn: () => unwrap(client.GET('/v1/versions/{id}/abilities', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
  });
}

export type VersionDecision = { kind: 'publish'; sha256: string; reason?: string } | { kind: 'reject'; reason: string };

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
              body: {
                sha256: decision.sha256,
                ...(decision.reason === undefined ? {} : { reason: decision.reason }),
              },
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
  readonly provenance: Blob | null;
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
  { bundle, envelope, provenance }: SignedBundle,
  onProgress: (fraction: number) => void,
): Promise<Version> {
  const form = new FormData();
  form.set('signature', new Blob([envelope], { type: 'application/json' }), 'signature.json');
  if (provenance !== null) form.set('provenance', provenance, 'provenance.json');
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
