/** What takes several requests: an upload, and following a verification or a run to its end. */
import { isSettled } from '@paddock/contracts';
import { ApiError, type ClientOptions, type PaddockClient, type Run, unwrap, type Version } from './client.js';

export interface Upload {
  /** The DSSE envelope, as JSON text or bytes. */
  signature: string | Uint8Array<ArrayBuffer>;
  /** SLSA provenance: an envelope or a Sigstore bundle of its own. */
  provenance?: string | Uint8Array<ArrayBuffer> | undefined;
  /** The .tgz; a file-backed Blob is streamed. */
  bundle: Blob;
}

/** Uploads a signed version. @throws ApiError */
export async function uploadVersion(
  { url, apiKey }: ClientOptions,
  { signature, provenance, bundle }: Upload,
): Promise<Version> {
  const form = new FormData();
  form.set('signature', new Blob([signature]), 'signature.json');
  if (provenance !== undefined) form.set('provenance', new Blob([provenance]), 'provenance.json');
  form.set('bundle', bundle, 'bundle.tgz');
  const response = await fetch(`${url.replace(/\/$/, '')}/v1/versions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}` },
    body: form,
  });
  const body: unknown = await response
    .json()
    .catch(() => ({ code: 'unavailable', title: `The server answered ${response.status}.` }));
  if (!response.ok) throw new ApiError(response.status, body as ConstructorParameters<typeof ApiError>[1]);
  return body as Version;
}

export interface FollowOptions {
  /** Called with each state as it is seen. */
  onState?: (state: string) => void;
  signal?: AbortSignal;
  /** Milliseconds between two looks. */
  everyMs?: number;
}

/** The version once its verification has come to a verdict. @throws ApiError; the signal's reason when it aborts */
export function followVersion(client: PaddockClient, id: string, options: FollowOptions = {}): Promise<Version> {
  const look = () => unwrap(client.GET('/v1/versions/{id}', { params: { path: { id } } }));
  return follow(look, (version) => version.state !== 'verifying', options);
}

/** The run once it has ended. @throws ApiError; the signal's reason when it aborts */
export function followRun(client: PaddockClient, id: string, options: FollowOptions = {}): Promise<Run> {
  const look = () => unwrap(client.GET('/v1/runs/{id}', { params: { path: { id } } }));
  return follow(look, (run) => isSettled(run.state), options);
}

async function follow<T extends { state: string }>(
  look: () => Promise<T>,
  isDone: (value: T) => boolean,
  { onState, signal, everyMs = 300 }: FollowOptions,
): Promise<T> {
  let before: string | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const value = await look();
    if (value.state !== before) onState?.(value.state);
    before = value.state;
    if (isDone(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
