/**
 * `plugin.json` as bytes: whether it is a manifest that we take. Whoever packs and whoever verifies ask here, so that what
 * the one lets through the other does. It runs nothing, and knows nothing of the bundle around it.
 */
import { compileSchema, type ErrorIssue, Manifest, PaddockError } from '@paddock/contracts';
import { parseJson } from './json.js';
import { MAX_MANIFEST_BYTES } from './limits.js';

const MAX_ISSUES = 20;

/**
 * The manifest in some bytes, as to its form; its tools' schemas are {@link checkToolSchemas}' part.
 * @throws PaddockError `manifest_invalid` with where each fault lies, as a dotted path; `manifest_not_json`
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  if (bytes.length > MAX_MANIFEST_BYTES)
    throw new PaddockError('manifest_invalid', `It may take ${MAX_MANIFEST_BYTES} bytes.`);
  const parsed = Manifest.safeParse(parseJson(bytes, 'manifest_not_json'));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => ({ path: path.map(String).join('.').slice(0, 200), message: message.slice(0, 300) }));
  throw new PaddockError('manifest_invalid', undefined, { issues });
}

/**
 * Compiles every schema of every tool, which takes `new Function`: where that is forbidden, as in a browser, leave it to the
 * verifier.
 * @throws PaddockError `manifest_schema_invalid` with each schema that is not one that we take
 */
export function checkToolSchemas({ tools }: Manifest): void {
  const issues = tools.flatMap((tool, index) =>
    (['inputSchema', 'outputSchema'] as const).flatMap((key) => faultOf(tool[key], `tools.${index}.${key}`)),
  );
  if (issues.length > 0)
    throw new PaddockError('manifest_schema_invalid', undefined, { issues: issues.slice(0, MAX_ISSUES) });
}

function faultOf(schema: unknown, path: string): ErrorIssue[] {
  if (schema === undefined) return [];
  try {
    compileSchema(schema);
    return [];
  } catch (error) {
    if (!(error instanceof PaddockError)) throw error;
    return [{ path, message: error.detail ?? error.message }];
  }
}
