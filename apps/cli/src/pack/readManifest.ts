/** Reads a folder's `plugin.json` and checks all of it that the platform will check, so that errors show before an upload. */
import { join } from 'node:path';
import { checkToolSchemas, parseManifest } from '@paddock/bundle';
import { MANIFEST_PATH, type Manifest, PaddockError } from '@paddock/contracts';
import { readInput } from '../files.js';
import { positionOf, syntaxErrorPosition } from '../jsonPositions.js';

/**
 * @throws PaddockError `manifest_not_json`, `manifest_invalid` or `manifest_schema_invalid`, each fault with its line and
 *   column in the file; CliError `file_unreadable`
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const bytes = await readInput(join(folder, MANIFEST_PATH));
  try {
    const manifest = parseManifest(bytes);
    checkToolSchemas(manifest);
    return manifest;
  } catch (error) {
    throw error instanceof PaddockError ? placed(error, bytes.toString('utf8')) : error;
  }
}

/** The same error for its author, who may see where the fault lies, which an uploader is not told. */
function placed(error: PaddockError, text: string): PaddockError {
  const { code, cause, detail } = error;
  if (cause instanceof SyntaxError) {
    const position = syntaxErrorPosition(text, cause.message);
    const where = position === undefined ? '' : ` (line ${position.line}, column ${position.column})`;
    return new PaddockError(code, `${cause.message}${where}.`, { cause });
  }
  const issues = error.issues.map(({ path, message }) => {
    // What is not known stands in the message, by its name.
    const [, unknown] = /^Unrecognized keys?: "([^"]+)"/.exec(message) ?? [];
    const parts = [...path.split('.').filter(Boolean), ...(unknown === undefined ? [] : [unknown])];
    const { line, column } = positionOf(text, parts);
    return { path, message: `${message} (line ${line}, column ${column})` };
  });
  return new PaddockError(code, detail, { cause, issues });
}
