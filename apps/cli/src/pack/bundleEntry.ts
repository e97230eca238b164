/**
 * Makes a node plugin's entry and the packages that it imports into one file, by esbuild. Nothing of the plugin runs, and
 * its folder is not written to. The result names no path outside the folder, so it is the same wherever it is made.
 */
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { type ErrorIssue, PaddockError } from '@paddock/contracts';
import { build, type Message, type Metafile } from 'esbuild';
import { CliError } from '../errors.js';

const SDK = '@paddock/plugin-sdk';
const SOURCE_EXTENSIONS = ['.mts', '.ts', '.cts'];
const CODE = /\.[cm]?[jt]sx?$/;
/** Without it, a package that requires one of Node's own modules would fail in a module that has no `require`. */
const REQUIRE = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";

export interface BundledEntry {
  readonly data: Uint8Array;
  /** Files of the folder that are in it, as paths in the folder. */
  readonly sources: ReadonlySet<string>;
}

/**
 * @param entry as plugin.json names it. Where the folder has no such file, a TypeScript file of that name is its source.
 * @returns null when there is nothing to bundle: the entry imports no package and is no TypeScript.
 * @throws PaddockError `manifest_entry_missing`; CliError `bundling_failed` with each fault's place
 */
export async function bundleEntry(folder: string, entry: string): Promise<BundledEntry | null> {
  const root = await realpath(folder);
  const source = sourceOf(root, entry);
  const format = formatOf(root, entry);
  const result = await build({
    entryPoints: [source],
    outfile: join(root, entry),
    allowOverwrite: true,
    write: false,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    alias: sdkAlias(root),
    legalComments: 'inline',
    metafile: true,
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw bundlingFailed(error);
  });
  const inputs = Object.keys(result.metafile.inputs);
  if (!inputs.some((path) => isElsewhere(path) || /\.[cm]?tsx?$/.test(path))) return null;
  const text = withoutOuterPaths(result.outputFiles[0]?.text ?? '', result.metafile);
  const whole =
    format === 'esm' && text.includes('__require(')
      ? text.replace(/^(#!.*\n)?/, (hashbang) => hashbang + REQUIRE)
      : text;
  const sources = inputs.filter((path) => !isElsewhere(path) && CODE.test(path));
  return { data: new TextEncoder().encode(whole), sources: new Set(sources) };
}

function sourceOf(root: string, entry: string): string {
  const stem = entry.slice(0, entry.length - extname(entry).length);
  const source = [entry, ...SOURCE_EXTENSIONS.map((extension) => `${stem}${extension}`)].find((path) =>
    existsSync(join(root, path)),
  );
  if (source === undefined) throw new PaddockError('manifest_entry_missing', entry);
  return join(root, source);
}

/** As Node will take the file: by its ending, or else by the package.json beside plugin.json. */
function formatOf(root: string, entry: string): 'esm' | 'cjs' {
  if (entry.endsWith('.mjs')) return 'esm';
  if (entry.endsWith('.cjs')) return 'cjs';
  if (!entry.endsWith('.js'))
    throw new CliError(
      'bundling_failed',
      `The entry ${entry} ends in none of .mjs, .js and .cjs. To pack it as it is: --no-bundle.`,
    );
  const packageFile = join(root, 'package.json');
  if (!existsSync(packageFile)) return 'cjs';
  const { type } = createRequire(packageFile)(packageFile) as { type?: unknown };
  return type === 'module' ? 'esm' : 'cjs';
}

/** The author's own SDK if it is installed near the folder, else the one that came with this command. */
function sdkAlias(root: string): Record<string, string> {
  const resolveFrom = (from: string) => {
    try {
      return createRequire(from).resolve(SDK);
    } catch {
      return undefined;
    }
  };
  const own = resolveFrom(import.meta.url);
  return resolveFrom(join(root, 'plugin.json')) !== undefined || own === undefined ? {} : { [SDK]: own };
}

/** Whether an input, as esbuild names it from the folder on, is no source of the folder's own. */
const isElsewhere = (path: string): boolean =>
  path.startsWith('../') || path.includes('node_modules/') || path.includes(':');

/** esbuild names each module's file in the output, from the folder on; where that leads outside, only the package's part stays. */
function withoutOuterPaths(text: string, { inputs }: Metafile): string {
  let result = text;
  for (const path of Object.keys(inputs)) {
    if (!path.startsWith('../')) continue;
    const inPackage = path.lastIndexOf('node_modules/');
    const short = inPackage === -1 ? path.split('/').slice(-3).join('/') : path.slice(inPackage);
    result = result.replaceAll(`// ${path}\n`, () => `// ${short}\n`).replaceAll(`"${path}"(`, () => `"${short}"(`);
  }
  return result;
}

function bundlingFailed(error: unknown): unknown {
  const { errors } = (error ?? {}) as { errors?: readonly Message[] };
  if (!Array.isArray(errors)) return error;
  const issues = (errors as readonly Message[]).slice(0, 20).map(issueOf);
  return new CliError('bundling_failed', 'The entry and what it imports can’t be made into one file.', issues);
}

function issueOf({ text, location }: Message): ErrorIssue {
  return { path: location === null ? 'entry' : `${location.file}:${location.line}`, message: text };
}
