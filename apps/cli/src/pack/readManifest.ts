/** Reads a folder's `plugin.json` and checks all of it that the platform will check, so that errors show before an upload. */
import { join } from 'node:path';
import { MAX_MANIFEST_BYTES, parseJson } from '@paddock/bundle';
import { compileSchema, type ErrorIssue, MANIFEST_PATH, Manifest, PaddockError } from '@paddock/contracts';
import { readInput } from '../files.js';

/** @throws PaddockError `manifest_not_json`, `manifest_invalid` or `manifest_schema_invalid`; CliError `file_unreadable` */
export async function readManifest(folder: string): Promise<Manifest> {
  const bytes = await readInput(join(folder, MANIFEST_PATH));
  if (bytes.length > MAX_MANIFEST_BYTES)
    throw new PaddockError('manifest_invalid', `It may take ${MAX_MANIFEST_BYTES} bytes.`);
  const parsed = Manifest.safeParse(parse(bytes));
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
    throw new PaddockError('manifest_invalid', undefined, { issues });
  }
  const issues = schemaIssues(parsed.data);
  if (issues.length > 0) throw new PaddockError('manifest_schema_invalid', undefined, { issues });
  return parsed.data;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, 'manifest_not_json');
  } catch (error) {
    // The author may see where the fault lies, which an uploader is not told.
    if (error instanceof PaddockError && error.cause instanceof SyntaxError)
      throw new PaddockError('manifest_not_json', `${error.cause.message}.`);
    throw error;
  }
}

function schemaIssues({ tools }: Manifest): ErrorIssue[] {
  return tools.flatMap((tool, index) =>
    (['inputSchema', 'outputSchema'] as const).flatMap((key) => {
      if (tool[key] === undefined) return [];
      try {
        compileSchema(tool[key]);
        return [];
      } catch (error) {
        if (!(error instanceof PaddockError)) throw error;
        return [{ path: `tools.${index}.${key}`, message: error.detail ?? error.message }];
      }
    }),
  );
}
