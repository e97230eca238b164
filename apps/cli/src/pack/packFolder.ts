/** From a plugin's folder to its bundle: manifest → files → one entry → no keys → the .tgz. It signs and uploads nothing. */
import { holdsPrivateKey, type PackedBundle, type PackInput, packBundle } from '@paddock/bundle';
import { type Manifest, PaddockError, splitPluginName } from '@paddock/contracts';
import { CliError } from '../errors.js';
import { bundleEntry } from './bundleEntry.js';
import { collectFiles } from './collectFiles.js';
import { withPythonSdk } from './pythonSdk.js';
import { readManifest } from './readManifest.js';

export interface PackOptions {
  /** Whether a node entry that imports packages is made into one file with them; true if left out. */
  bundle?: boolean;
}

export interface PackedFolder extends PackedBundle {
  readonly manifest: Manifest;
  /** What the bundle is called by default: `<publisher>-<name>-<version>.tgz`. */
  readonly fileName: string;
  /** Whether the entry was made into one file with what it imports. */
  readonly isBundled: boolean;
}

/**
 * Packs a plugin's folder.
 *
 * @throws PaddockError with a `manifest_` or `bundle_` code: just what the platform would refuse; CliError
 *   `private_key_in_folder`, `bundling_failed`, `file_kind`, `file_unreadable` or `usage`
 */
export async function packFolder(folder: string, { bundle = true }: PackOptions = {}): Promise<PackedFolder> {
  const manifest = await readManifest(folder);
  const found = await collectFiles(folder);
  refusePrivateKeys(found);
  const { files, isBundled } =
    bundle && manifest.runtime === 'node'
      ? await withBundledEntry(folder, manifest.entry, found)
      : { files: manifest.runtime === 'python' ? await withPythonSdk(manifest.entry, found) : found, isBundled: false };
  const entry = files.find(({ path }) => path === manifest.entry);
  if (entry === undefined) throw new PaddockError('manifest_entry_missing', manifest.entry);
  if (manifest.runtime === 'native' && entry.mode !== 0o755) {
    const issues = [{ path: 'entry', message: 'must be an executable file: chmod +x' }];
    throw new PaddockError('manifest_invalid', undefined, { issues });
  }
  if (isBundled) refusePrivateKeys(files);
  return { ...(await packBundle(files)), manifest, fileName: fileNameOf(manifest), isBundled };
}

function refusePrivateKeys(files: readonly PackInput[]): void {
  const found = files.find(({ data }) => holdsPrivateKey(data));
  if (found !== undefined)
    throw new CliError(
      'private_key_in_folder',
      `${found.path} holds a private key. A bundle is public: keep keys elsewhere.`,
    );
}

async function withBundledEntry(
  folder: string,
  entry: string,
  found: PackInput[],
): Promise<{ files: PackInput[]; isBundled: boolean }> {
  const bundled = await bundleEntry(folder, entry);
  if (bundled === null) return { files: found, isBundled: false };
  const others = found.filter(({ path }) => path !== entry && !bundled.sources.has(path));
  return { files: [...others, { path: entry, data: bundled.data }], isBundled: true };
}

/** `<publisher>-<name>-<version>.tgz` */
export function fileNameOf({ name, version }: Manifest): string {
  const { publisher, name: plugin } = splitPluginName(name);
  return `${publisher}-${plugin}-${version}.tgz`;
}
