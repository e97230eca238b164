/**
 * The files of a version, for whoever judges it. Bytes are looked at only after the verifier's sandbox has read them to
 * their end, and again only through the strict reader, beside the list that the publisher signed.
 */
import type { Readable } from 'node:stream';
import { ArtifactError } from '@paddock/artifacts';
import { verifyPublisher } from '@paddock/bundle';
import { readBundle, readEntry } from '@paddock/bundle/read';
import { type BundleFile, PaddockError, type Version } from '@paddock/contracts';
import type { ApiContext } from './context.js';

/** Larger ones are not shown. */
const MAX_SHOWN_BYTES = 1024 * 1024;

/** What the publisher signed to be in it, by path. @throws PaddockError `conflict` when the bundle was never read to its end */
export async function signedFiles(
  { db, sigstore }: Pick<ApiContext, 'db' | 'sigstore'>,
  version: Version,
): Promise<readonly BundleFile[]> {
  requireRead(version);
  const { envelope, policy, uploadedAt } = await db.system.getExecutableVersion(version.id);
  const expected = { sha256: version.sha256, plugin: version.plugin, version: version.version };
  return (await verifyPublisher(envelope, { policy, sigstore, at: uploadedAt, expected })).statement.predicate.files;
}

/**
 * One file as text. The whole bundle is read for it, since its checksums hold only at its end.
 *
 * @throws PaddockError `conflict`, `not_found`, `file_too_large`, `file_not_text`, `artifact_missing`, `artifact_corrupt`
 */
export async function readTextFile(
  context: Pick<ApiContext, 'db' | 'artifacts' | 'sigstore'>,
  version: Version,
  path: string,
): Promise<Buffer> {
  const files = new Map((await signedFiles(context, version)).map((file) => [file.path, file]));
  const wanted = files.get(path);
  if (wanted === undefined) throw new PaddockError('not_found', 'The bundle has no such file.');
  if (wanted.size > MAX_SHOWN_BYTES) throw new PaddockError('file_too_large');
  const data = await readFile(await open(context, version.sha256), files, wanted);
  if (!isText(data)) throw new PaddockError('file_not_text');
  return data;
}

/** A bundle that the verifier could not read is nothing to be read here. */
function requireRead({ manifest, verdict }: Version): void {
  if (manifest === null || verdict === 'rejected')
    throw new PaddockError('conflict', 'The bundle was not read to its end, or is rejected.');
}

async function open({ artifacts }: Pick<ApiContext, 'artifacts'>, sha256: string): Promise<Readable> {
  return artifacts.open(sha256).catch((cause: unknown) => {
    if (cause instanceof ArtifactError) throw new PaddockError('artifact_missing', undefined, { cause });
    throw cause;
  });
}

async function readFile(source: Readable, files: Map<string, BundleFile>, wanted: BundleFile): Promise<Buffer> {
  let found: Buffer | undefined;
  try {
    for await (const entry of readBundle(source)) {
      const signed = files.get(entry.path);
      if (signed?.size !== entry.size) throw new PaddockError('artifact_corrupt');
      if (signed !== wanted) continue;
      const { file, data } = await readEntry(entry, wanted.size);
      if (file.sha256 !== wanted.sha256) throw new PaddockError('artifact_corrupt');
      found = Buffer.from(data);
    }
  } catch (cause) {
    throw cause instanceof PaddockError && cause.code !== 'artifact_corrupt'
      ? new PaddockError('artifact_corrupt', undefined, { cause })
      : cause;
  }
  if (found === undefined) throw new PaddockError('artifact_corrupt');
  return found;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function isText(data: Buffer): boolean {
  if (data.includes(0)) return false;
  try {
    decoder.decode(data);
    return true;
  } catch {
    return false;
  }
}
