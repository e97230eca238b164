/** Lays the scanner's program out as a sandbox can mount it: one file, and YARA-X beside it. It reads our own code only. */
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { build } from 'esbuild';

const ENTRY = 'scanner.mjs';
/** Found by the package's name, as this module may be part of a larger file. */
const ROOT = dirname(createRequire(import.meta.url).resolve('@paddock/verification/package.json'));
/** TypeScript or compiled, as this module is. */
const MAIN = import.meta.url.endsWith('.ts') ? 'src/scanner/main.ts' : 'dist/scanner/main.js';
/** Loads WebAssembly from its own folder, so it can't be part of another file. */
const YARA = '@virustotal/yara-x';
const YARA_FILES = ['package.json', 'pkg/yara_x_js.js', 'pkg/yara_x_js_bg.wasm'];

/**
 * Bundles the scanner and all that it imports. The same sources give the same bytes.
 * @param outDir is made if it is not there; its files are readable by whichever user a sandbox runs as.
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
    external: [YARA],
  });
  await chmod(outDir, 0o755);
  await chmod(join(outDir, ENTRY), 0o644);
  const yara = join(dirname(createRequire(join(ROOT, 'package.json')).resolve(YARA)), '..');
  for (const file of YARA_FILES) await copyReadable(join(yara, file), outDir, join('node_modules', YARA, file));
  return { bundleDir: outDir, entry: ENTRY };
}

/** Copies a file to a place below a folder, as the sandbox's user can read it. */
async function copyReadable(from: string, folder: string, path: string): Promise<void> {
  const parents = dirname(path).split(sep);
  for (let depth = 1; depth <= parents.length; depth++) {
    const parent = join(folder, ...parents.slice(0, depth));
    await mkdir(parent, { recursive: true });
    await chmod(parent, 0o755);
  }
  await copyFile(from, join(folder, path));
  await chmod(join(folder, path), 0o644);
}
