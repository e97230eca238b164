/** Whether a bundle's `plugin.json` is a manifest that we take. It runs nothing and reads no other file of the bundle. */
import { MAX_MANIFEST_BYTES, parseJson } from '@paddock/bundle';
import { type BundleFile, compileSchema, Manifest, PaddockError } from '@paddock/contracts';

const MAX_ISSUES = 20;

/**
 * @param files what the bundle holds.
 * @param expected what the signed statement names.
 * @throws PaddockError `manifest_invalid`, `manifest_not_json`, `manifest_entry_missing`, `manifest_schema_invalid` or
 *   `statement_name_mismatch`.
 */
export function checkManifest(
  manifestBytes: Uint8Array,
  files: readonly Pick<BundleFile, 'path'>[],
  expected: { plugin: string; version: string },
): Manifest {
  if (manifestBytes.length > MAX_MANIFEST_BYTES)
    throw new PaddockError('manifest_invalid', `It may take ${MAX_MANIFEST_BYTES} bytes.`);
  const manifest = parseManifest(parseJson(manifestBytes, 'manifest_not_json'));
  checkName(manifest, expected);
  checkEntry(manifest, files);
  checkSchemas(manifest);
  return manifest;
}

function parseManifest(json: unknown): Manifest {
  const parsed = Manifest.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => ({ path: path.map(String).join('.').slice(0, 200), message: message.slice(0, 300) }));
  throw new PaddockError('manifest_invalid', undefined, { issues });
}

function checkName({ name, version }: Manifest, expected: { plugin: string; version: string }): void {
  if (name !== expected.plugin || version !== expected.version) {
    throw new PaddockError('statement_name_mismatch', `plugin.json says ${name}@${version}.`);
  }
}

function checkEntry({ entry }: Manifest, files: readonly Pick<BundleFile, 'path'>[]): void {
  if (!files.some(({ path }) => path === entry)) throw new PaddockError('manifest_entry_missing', entry);
}

function checkSchemas({ tools }: Manifest): void {
  for (const [index, tool] of tools.entries()) {
    for (const key of ['inputSchema', 'outputSchema'] as const) {
      if (tool[key] === undefined) continue;
      try {
        compileSchema(tool[key]);
      } catch (error) {
        if (!(error instanceof PaddockError)) throw error;
        const issues = [{ path: `tools.${index}.${key}`, message: error.detail ?? error.message }];
        throw new PaddockError(error.code, `Tool ${tool.name}: ${error.detail ?? error.message}`, {
          cause: error,
          issues,
        });
      }
    }
  }
}
