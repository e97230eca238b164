/** Makes the scanner's program into one file, as a sandbox can mount it. It reads our own code only. */
import { chmod, mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ENTRY = 'scanner.mjs';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Beside this module, as TypeScript or compiled. */
const MAIN = fileURLToPath(new URL(`./scanner/main${extname(import.meta.url)}`, import.meta.url));

/**
 * Bundles the scanner and all that it imports. The same sources give the same bytes.
 * @param outDir is made if it is not there; its file is readable by whichever user a sandbox runs as.
 */
export async function buildScanner(outDir: string): Promise<{ bundleDir: string; entry: string }> {
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: [MAIN],
    outfile: join(outDir, ENTRY),
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Without white space there are no comments that name paths of the machine that built it.
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  await chmod(outDir, 0o755);
  await chmod(join(outDir, ENTRY), 0o644);
  return { bundleDir: outDir, entry: ENTRY };
}
