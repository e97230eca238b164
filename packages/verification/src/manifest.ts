/** Whether a bundle's manifest is one that we take, and is about this bundle. It runs nothing and reads no other file of it. */
import { checkToolSchemas, parseManifest } from '@paddock/bundle';
import { type BundleFile, type Manifest, PaddockError } from '@paddock/contracts';

type ListedFile = Pick<BundleFile, 'path' | 'mode'>;

/**
 * @param files what the bundle holds.
 * @param expected what the signed statement names.
 * @throws PaddockError `manifest_invalid`, `manifest_not_json`, `manifest_entry_missing`, `manifest_schema_invalid` or
 *   `statement_name_mismatch`.
 */
export function checkManifest(
  manifestBytes: Uint8Array,
  files: readonly ListedFile[],
  expected: { plugin: string; version: string },
): Manifest {
  const manifest = parseManifest(manifestBytes);
  const { name, version } = manifest;
  if (name !== expected.plugin || version !== expected.version)
    throw new PaddockError('statement_name_mismatch', `plugin.json says ${name}@${version}.`);
  checkEntry(manifest, files);
  checkToolSchemas(manifest);
  return manifest;
}

function checkEntry({ entry, runtime }: Manifest, files: readonly ListedFile[]): void {
  const file = files.find(({ path }) => path === entry);
  if (file === undefined) throw new PaddockError('manifest_entry_missing', entry);
  if (runtime === 'native' && file.mode !== 0o755) {
    const issues = [{ path: 'entry', message: 'must be an executable file, of mode 0755' }];
    throw new PaddockError('manifest_invalid', undefined, { issues });
  }
}
