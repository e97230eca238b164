/** A version before its upload: packed and signed in this browser, or brought along with its signature. It sends nothing. */
import {
  holdsPrivateKey,
  IGNORE_FILE,
  IgnoreFileError,
  type KeyPolicy,
  leftOutRule,
  packBundle,
  parseManifest,
  parsePublishStatement,
  publishStatement,
  sha256Hex,
  signStatement,
  verifyEnvelope,
} from '@paddock/bundle';
import { type BundleFile, MANIFEST_PATH, type Manifest, PaddockError, splitPluginName } from '@paddock/contracts';
import type { BrowserKey } from './browserKey.js';
import type { ChosenFile } from './chosenFiles.js';
import { FolderError } from './folderError.js';
import { readTarEntry } from './readTarEntry.js';

export interface Draft {
  readonly plugin: string;
  readonly version: string;
  readonly manifest: Manifest;
  /** Sorted by path, as they are signed. */
  readonly files: readonly BundleFile[];
  /** Paths that were in the folder and are not in the bundle. */
  readonly leftOut: readonly string[];
  /** Of the bundle. */
  readonly sha256: string;
  /** Of the keys that signed it. */
  readonly keyIds: readonly string[];
  readonly bundle: Blob;
  /** The DSSE envelope as JSON text. */
  readonly envelope: string;
}

/**
 * Packs a folder and signs what came out.
 * @throws PaddockError one of the `bundle_` or `manifest_` codes, or `statement_name_mismatch` for another publisher's name;
 *   FolderError when a file holds a private key, or for an ignore file that can't be followed
 */
export async function draftFromFolder(
  chosen: readonly ChosenFile[],
  key: BrowserKey,
  publisher: string,
): Promise<Draft> {
  const isLeftOut = leftOut((await chosen.find(({ path }) => path === IGNORE_FILE)?.file.text()) ?? '');
  const taken = chosen.filter(({ path }) => !isLeftOut(path));
  const inputs = await Promise.all(
    taken.map(async ({ path, file }) => ({ path, data: new Uint8Array(await file.arrayBuffer()) })),
  );
  refusePrivateKeys(inputs);
  const manifest = manifestOf(inputs.find(({ path }) => path === MANIFEST_PATH)?.data);
  requireOwnName(manifest.name, publisher);
  if (!taken.some(({ path }) => path === manifest.entry))
    throw new PaddockError('manifest_entry_missing', manifest.entry);
  const { bytes, files, sha256 } = await packBundle(inputs);
  const statement = publishStatement({ plugin: manifest.name, version: manifest.version, files, sha256 });
  const envelope = await signStatement(statement, key.privateKey, key.keyId);
  return {
    ...{ plugin: manifest.name, version: manifest.version, manifest, files, sha256, keyIds: [key.keyId] },
    leftOut: chosen.map(({ path }) => path).filter(isLeftOut),
    bundle: new Blob([bytes], { type: 'application/gzip' }),
    envelope: JSON.stringify(envelope),
  };
}

/**
 * Checks a bundle against its signature, as the registry will, so that a mistake shows before the upload.
 * @param policy the publisher's registered keys, and how many of them must sign
 * @throws PaddockError one of the `signature_`, `statement_`, `bundle_` or `manifest_` codes
 */
export async function draftFromBundle(
  bundle: File,
  signature: File,
  policy: KeyPolicy,
  publisher: string,
): Promise<Draft> {
  const envelopeBytes = new Uint8Array(await signature.arrayBuffer());
  const { payload, keyIds } = await verifyEnvelope(envelopeBytes, policy, new Date());
  const { predicate, subject } = parsePublishStatement(payload);
  requireOwnName(predicate.plugin, publisher);
  const sha256 = await sha256Hex(new Uint8Array(await bundle.arrayBuffer()));
  if (sha256 !== subject[0].digest.sha256)
    throw new PaddockError('statement_digest_mismatch', `${bundle.name} has the sha256 ${sha256}.`);
  const manifest = manifestOf(await readTarEntry(bundle, MANIFEST_PATH));
  if (manifest.name !== predicate.plugin || manifest.version !== predicate.version) {
    throw new PaddockError(
      'statement_name_mismatch',
      `It is about ${predicate.plugin} ${predicate.version}, plugin.json about ${manifest.name} ${manifest.version}.`,
    );
  }
  return {
    ...{ plugin: predicate.plugin, version: predicate.version, manifest, files: predicate.files, leftOut: [], sha256 },
    keyIds,
    bundle,
    envelope: new TextDecoder().decode(envelopeBytes),
  };
}

function manifestOf(bytes: Uint8Array | undefined): Manifest {
  if (bytes === undefined) throw new PaddockError('manifest_missing');
  return parseManifest(bytes);
}

function leftOut(ignoreText: string): (path: string) => boolean {
  try {
    return leftOutRule(ignoreText);
  } catch (error) {
    if (!(error instanceof IgnoreFileError)) throw error;
    throw new FolderError(
      `${IGNORE_FILE} has a line that is not taken.`,
      `${error.line} would take something back in that stays out.`,
    );
  }
}

/** A bundle is public: whoever installs one that holds a key could sign as its owner. */
function refusePrivateKeys(files: readonly { path: string; data: Uint8Array }[]): void {
  const found = files.find(({ data }) => holdsPrivateKey(data));
  if (found !== undefined)
    throw new FolderError(
      'The folder holds a private key.',
      `${found.path} has one. A bundle is public: keep keys elsewhere.`,
    );
}

function requireOwnName(plugin: string, publisher: string): void {
  if (splitPluginName(plugin).publisher !== publisher)
    throw new PaddockError(
      'statement_name_mismatch',
      `plugin.json says ${plugin}; your organization publishes as ${publisher}/….`,
    );
}
