/**
 * From an installed package to the files of a bundle: its code as a few files, made by esbuild, with the data files that
 * packages read beside their code; or its node_modules as they are. Nothing of it runs here.
 *
 * A bundle stands at /plugin in every sandbox, and a module may ask where it stands: so each is told the place that its own
 * file would have there, and finds its data as if nothing had been bundled.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import type { PackInput } from '@paddock/bundle';
import { build, type Message, type Plugin, transform } from 'esbuild';
import { CliError } from '../errors.js';
import type { InstalledPackage } from './installPackage.js';

const PLUGIN_ROOT = '/plugin';
const TARGET = 'node24';
const CODE = /\.[cm]?[jt]sx?$/;
const NEVER_NEEDED = /\.(?:map|d\.[cm]?ts|tsbuildinfo)$|(?:^|\/)(?:\.[^/]+|__tests__|tests?)(?:\/|$)/;
const NOTICE = /^(?:licen[cs]e|copying|notice)/i;
const ASKS_WHERE = /\bimport\s*\.\s*meta\b|\b__(?:dir|file)name\b/;

export interface CollectedPackage {
  readonly files: PackInput[];
  /** What Node is to run, from the bundle's root on. */
  readonly main: string;
  /** The folders of the packages that are in it, as npm has them. */
  readonly folders: string[];
  readonly isBundled: boolean;
}

/** The package's code in a few files. @throws CliError `bundling_failed` */
export async function bundledPackage(installed: InstalledPackage): Promise<CollectedPackage> {
  const { root, entry, folder } = installed;
  const isModule = await isEsModule(root, entry, folder);
  const stem = entry.slice(0, entry.length - extname(entry).length);
  const main = `${stem}${isModule ? '.mjs' : '.cjs'}`;
  const readsBeside = new Set<string>([folder]);
  const result = await build({
    entryPoints: { [stem]: join(root, entry) },
    outdir: root,
    outExtension: { '.js': isModule ? '.mjs' : '.cjs' },
    chunkNames: 'chunks/[hash]',
    write: false,
    absWorkingDir: root,
    bundle: true,
    splitting: isModule,
    platform: 'node',
    target: TARGET,
    format: isModule ? 'esm' : 'cjs',
    loader: { '': 'js' },
    keepNames: true,
    legalComments: 'inline',
    metafile: true,
    logLevel: 'silent',
    plugins: [placed(root, { [entry]: main }, (path) => readsBeside.add(packageOf(path)))],
  }).catch((error: unknown) => {
    const { errors = [] } = error as { errors?: readonly Message[] };
    const issues = errors.slice(0, 20).map(({ text, location }) => ({ path: location?.file ?? entry, message: text }));
    throw new CliError('bundling_failed', `${installed.name} can’t be made into a few files.`, issues);
  });
  const folders = [...new Set(Object.keys(result.metafile.inputs).map(packageOf))].sort();
  const code = result.outputFiles.map(({ path, contents }) => ({ path: relative(root, path), data: contents }));
  const data = await Promise.all(
    folders.map((one) => filesOf(root, one, readsBeside.has(one) ? (path) => !CODE.test(path) : isNotice(one))),
  );
  return { files: [...code, ...data.flat()], main, folders, isBundled: true };
}

/** Everything that was installed, but for what no program reads. */
export async function wholePackage({ root, entry, packages }: InstalledPackage): Promise<CollectedPackage> {
  const files = await filesOf(root, 'node_modules', (path) => !NEVER_NEEDED.test(path), true);
  return { files, main: entry, folders: [...packages.keys()], isBundled: false };
}

/** Tells each module that asks for it where its file would stand, or does stand. */
function placed(root: string, moved: Readonly<Record<string, string>>, onAsking: (path: string) => void): Plugin {
  return {
    name: 'placed',
    setup({ onLoad }) {
      onLoad({ filter: /(?:\.[cm]?js|\/[^.]+)$/, namespace: 'file' }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        if (!ASKS_WHERE.test(source)) return { contents: source, loader: 'js' };
        const path = relative(root, file);
        onAsking(path);
        const place = `${PLUGIN_ROOT}/${moved[path] ?? path}`;
        const folder = place.slice(0, place.lastIndexOf('/'));
        const { code } = await transform(source, {
          target: TARGET,
          sourcefile: path,
          legalComments: 'inline',
          define: {
            'import.meta.url': JSON.stringify(`file://${encodeURI(place)}`),
            'import.meta.dirname': JSON.stringify(folder),
            'import.meta.filename': JSON.stringify(place),
            __dirname: JSON.stringify(folder),
            __filename: JSON.stringify(place),
          },
        });
        return { contents: code, loader: 'js' };
      });
    },
  };
}

/** As Node would take the entry: by its ending, or else by its package's `type`. */
async function isEsModule(root: string, entry: string, folder: string): Promise<boolean> {
  if (/\.[cm]js$/.test(entry)) return entry.endsWith('.mjs');
  const { type } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as { type?: unknown };
  return type === 'module';
}

/** `node_modules/a/node_modules/@b/c` of a file in it. */
function packageOf(path: string): string {
  const start = path.lastIndexOf('node_modules/') + 'node_modules/'.length;
  const [first = '', second = ''] = path.slice(start).split('/');
  return path.slice(0, start) + (first.startsWith('@') ? `${first}/${second}` : first);
}

const isNotice =
  (folder: string) =>
  (path: string): boolean =>
    NOTICE.test(path.slice(folder.length + 1));

/** The regular files of a package that are wanted; with `nested`, of the packages in it too. Links are left out. */
async function filesOf(
  root: string,
  folder: string,
  isWanted: (path: string) => boolean,
  nested = false,
): Promise<PackInput[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = entries.map(async (entry): Promise<PackInput[]> => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return entry.name === 'node_modules' && !nested ? [] : filesOf(root, path, isWanted, nested);
    if (!entry.isFile() || NEVER_NEEDED.test(path.slice(folder.length)) || !isWanted(path)) return [];
    const { mode } = await stat(join(root, path));
    return [{ path, data: await readFile(join(root, path)), mode: mode & 0o100 ? 0o755 : 0o644 }];
  });
  return (await Promise.all(found)).flat();
}
