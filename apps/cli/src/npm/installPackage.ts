/**
 * Fetches an npm package with all that it needs into a scratch folder, by npm itself: its registry, its proxies, its hashes.
 * No script of any package runs, and nothing is looked for but what the package's own files say.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../errors.js';

const NPM_MS = 300_000;

/** One package that npm installed. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** npm's hash of the tarball that it came from; null where npm knows none. */
  readonly integrity: string | null;
  readonly license: string | null;
}

export interface InstalledPackage extends NpmPackage {
  readonly description: string;
  readonly homepage: string | null;
  /** The file that its command runs, from `root` on. */
  readonly entry: string;
  /** `node_modules/<name>`: its own folder, from `root` on. */
  readonly folder: string;
  /** All packages by their folders from `root` on, its own among them. */
  readonly packages: ReadonlyMap<string, NpmPackage>;
  /** Holds `node_modules`. */
  readonly root: string;
  remove(): Promise<void>;
}

/** `name`, `@scope/name`, either with `@version`, `@range` or `@tag`; no path, no address, which nothing vouches for. */
const SPEC = /^((?:@[a-z0-9][\w.~-]*\/)?[a-zA-Z0-9][\w.~-]*)(?:@([\w.^~<>=|*+ -]+))?$/;

/**
 * @param command which of the package's commands, if it has several
 * @throws CliError `usage` for a spec that names no package of the registry; `npm_failed` with npm's own words;
 *   `package_unsupported` when the package has no command
 */
export async function installPackage(spec: string, command: string | undefined): Promise<InstalledPackage> {
  const [, name] = SPEC.exec(spec) ?? [];
  if (name === undefined)
    throw new CliError('usage', `--npm takes a package of the registry, such as @scope/name@1.2.3, not “${spec}”.`);
  const root = await realpath(await mkdtemp(join(tmpdir(), 'paddock-npm-')));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    await writeFile(join(root, 'package.json'), '{ "private": true }');
    await npm(root, ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', spec]);
    const packages = await installedPackages(root);
    const folder = `node_modules/${name}`;
    const own = packages.get(folder);
    if (own === undefined) throw new CliError('npm_failed', `npm has installed something else than ${name}.`);
    const { bin, description, homepage } = await packageJson(root, folder);
    return {
      ...own,
      description: typeof description === 'string' ? description.trim() : '',
      homepage: typeof homepage === 'string' ? homepage : null,
      entry: `${folder}/${entryOf(bin, name, command)}`,
      ...{ folder, packages, root, remove },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The environment is the user's, without what an npm that runs us says of its own folder. */
function npm(cwd: string, args: string[]): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?:config_)?(?:local_prefix|package|lifecycle)/i.test(name)),
  );
  return new Promise((resolve, reject) => {
    execFile('npm', args, { cwd, env, timeout: NPM_MS, maxBuffer: 1 << 24 }, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else reject(new CliError('npm_failed', `npm can’t install it: ${wordsOf(stderr) || error.message}`));
    });
  });
}

const wordsOf = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('npm error') && !line.includes('A complete log'))
    .map((line) => line.slice('npm error '.length).trim())
    .join(' ')
    .slice(0, 500);

/** npm's own account of what it installed, with the hashes that it has checked. */
async function installedPackages(root: string): Promise<Map<string, NpmPackage>> {
  const text = await readFile(join(root, 'node_modules', '.package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, Record<string, unknown>> };
  const found = Object.entries(packages).map(async ([folder, { version, integrity, license }]) => {
    const fallback = license === undefined ? (await packageJson(root, folder))['license'] : license;
    return [
      folder,
      {
        name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
        version: String(version),
        integrity: typeof integrity === 'string' ? integrity : null,
        license: typeof fallback === 'string' ? fallback.slice(0, 100) : null,
      },
    ] as const;
  });
  return new Map(await Promise.all(found));
}

const packageJson = async (root: string, folder: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Record<string, unknown>;

/** @throws CliError `package_unsupported`, `usage` */
function entryOf(bin: unknown, name: string, command: string | undefined): string {
  const unscoped = name.split('/').at(-1) ?? name;
  const commands = Object.entries(typeof bin === 'string' ? { [unscoped]: bin } : Object(bin)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const wanted = command ?? (commands.length === 1 ? commands[0]?.[0] : unscoped);
  const file = commands.find(([key]) => key === wanted)?.[1];
  if (file !== undefined) return file.replace(/^(?:\.?\/)+/, '');
  if (commands.length === 0)
    throw new CliError('package_unsupported', `${name} has no command that a sandbox could run.`);
  throw new CliError(
    'usage',
    `Which command of ${name}? --command ${commands.map(([key]) => key).join(', --command ')}`,
  );
}
