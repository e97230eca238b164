/**
 * From an npm package that speaks MCP over stdio to a bundle: install → collect → start in a sandbox, ask for its tools →
 * manifest → pack. The package is a stranger's code: it runs in the sandbox and nowhere else, and what its bundle holds is
 * just what ran there.
 */
import { isDeepStrictEqual } from 'node:util';
import { checkToolSchemas, type PackInput, packBundle, parseManifest } from '@paddock/bundle';
import {
  effectiveLimits,
  MANIFEST_PATH,
  PaddockError,
  type PartialLimits,
  PluginFullName,
  splitPluginName,
} from '@paddock/contracts';
import { declarationOf, type ToolListing } from '@paddock/sandbox';
import { CliError } from '../errors.js';
import { fileNameOf, type PackedFolder } from '../pack/packFolder.js';
import type { LocalSandbox } from '../sandbox/localSandbox.js';
import { bundledPackage, type CollectedPackage, wholePackage } from './collectPackage.js';
import { type InstalledPackage, installPackage } from './installPackage.js';

export interface PackageOptions {
  /** `publisher/name`, or the publisher alone. */
  name: string;
  /** In place of the package's own version. */
  version?: string | undefined;
  /** Which of the package's commands. */
  command?: string | undefined;
  /** What the command is started with. */
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  limits?: PartialLimits;
  /** False packs node_modules as they are. */
  bundle?: boolean;
  onStep?: (line: string) => void;
}

const LAUNCHER = 'main.mjs';
/** Says where the bundle came from, hash by hash; a copy of it is no proof, the signature over the bundle is. */
const SOURCE_PATH = 'paddock-source.json';

/**
 * @param sandbox where the package is started
 * @throws CliError `usage`, `npm_failed`, `package_unsupported`, `bundling_failed`; PaddockError `plugin_does_not_start`,
 *   or a `manifest_` or `bundle_` code: just what the platform would refuse
 */
export async function packPackage(spec: string, options: PackageOptions, sandbox: LocalSandbox): Promise<PackedFolder> {
  const say = options.onStep ?? (() => undefined);
  say(`Installing ${spec}`);
  const installed = await installPackage(spec, options.command);
  try {
    const name = pluginName(options.name, installed.name);
    const started = await startable(installed, options, sandbox, say);
    const manifest = manifestText(name, installed, started.tools, options);
    const files = [...started.files, { path: MANIFEST_PATH, data: manifest }];
    const packed = await packBundle(files);
    const parsed = parseManifest(manifest);
    checkToolSchemas(parsed);
    return { ...packed, manifest: parsed, fileName: fileNameOf(parsed), isBundled: started.isBundled };
  } finally {
    await installed.remove();
  }
}

interface Startable {
  files: PackInput[];
  tools: Record<string, unknown>[];
  isBundled: boolean;
}

/** The package as files that were seen to start: bundled, or whole where bundling would break it. */
async function startable(
  installed: InstalledPackage,
  options: PackageOptions,
  sandbox: LocalSandbox,
  say: (line: string) => void,
): Promise<Startable> {
  if (options.bundle !== false) {
    try {
      return await started(installed, await bundledPackage(installed), options, sandbox, say);
    } catch (error) {
      if (!isOfBundling(error)) throw error;
      say(`It does not work as a few files (${(error as Error).message}): packing node_modules as they are`);
    }
  }
  return started(installed, await wholePackage(installed), options, sandbox, say);
}

const isOfBundling = (error: unknown): boolean =>
  (error instanceof CliError && error.code === 'bundling_failed') ||
  (error instanceof PaddockError && error.code === 'plugin_does_not_start');

async function started(
  installed: InstalledPackage,
  collected: CollectedPackage,
  options: PackageOptions,
  sandbox: LocalSandbox,
  say: (line: string) => void,
): Promise<Startable> {
  const files = [...collected.files, launcher(collected, options), source(installed, collected, options)];
  say(`Starting ${installed.name}@${installed.version} in a sandbox (${files.length} files)`);
  const packed = await packBundle(files);
  const bundleDir = await sandbox.unpack(packed.bytes, packed.files);
  const list = () => toolsOf(bundleDir, options, sandbox);
  // Twice, side by side: what is listed by chance or by the clock could never equal a manifest.
  const [tools, again] = await Promise.all([list(), list()]);
  if (!isDeepStrictEqual(tools, again))
    throw new CliError('package_unsupported', `${installed.name} lists other tools each time that it starts.`);
  return { files, tools, isBundled: collected.isBundled };
}

async function toolsOf(
  bundleDir: string,
  { limits = {} }: PackageOptions,
  { pool }: LocalSandbox,
): Promise<Record<string, unknown>[]> {
  const log: string[] = [];
  const listing: ToolListing = await pool.listTools(
    {
      installId: 'pack',
      versionId: 'pack',
      isolation: 'run',
      runtime: 'node',
      bundleDir,
      entry: LAUNCHER,
      limits: effectiveLimits(limits, {}),
      hostServices: () => Promise.reject(new PaddockError('capability_not_granted')),
      onLog: ({ message }) => log.push(message),
    },
    new AbortController().signal,
  );
  const { outcome, error, tools } = listing;
  if (tools !== undefined) return tools.map(declarationOf);
  const issues = log.slice(-20).map((message) => ({ path: 'log', message }));
  throw new PaddockError('plugin_does_not_start', `It ended as ${outcome}: ${error?.message ?? ''}`, { issues });
}

/** What Node runs first: it starts the package's own command as npm's would be, so that the package sees itself as the program. */
function launcher({ main, isBundled }: CollectedPackage, { args = [], env = {} }: PackageOptions): PackInput {
  const lines = [
    '// Written by paddock pack --npm: starts the package as its own command would be.',
    "import Module from 'node:module';",
    // What esbuild leaves of a package's `require`, for Node's own modules.
    ...(isBundled ? ['globalThis.require = Module.createRequire(import.meta.url);'] : []),
    ...Object.entries(env).map(([name, value]) => `process.env[${JSON.stringify(name)}] = ${JSON.stringify(value)};`),
    `process.argv.splice(1, 1, ${[`/plugin/${main}`, ...args].map((text) => JSON.stringify(text)).join(', ')});`,
    'Module.runMain();',
    '',
  ];
  return { path: LAUNCHER, data: Buffer.from(lines.join('\n')) };
}

function source(
  { name, version, integrity, license, packages }: InstalledPackage,
  { main, folders, isBundled }: CollectedPackage,
  { args = [], env = {} }: PackageOptions,
): PackInput {
  const document = {
    from: 'npm',
    package: { name, version, integrity, license },
    command: { file: main, args, env },
    isBundled,
    packages: folders.map((folder) => ({ folder, ...packages.get(folder) })),
  };
  return { path: SOURCE_PATH, data: Buffer.from(`${JSON.stringify(document, null, 2)}\n`) };
}

/** @throws CliError `usage` */
function pluginName(given: string, packageName: string): string {
  const own = (packageName.split('/').at(-1) ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-|-$/g, '');
  const parsed = PluginFullName.safeParse(given.includes('/') ? given : `${given}/${own}`);
  if (parsed.success) return parsed.data;
  throw new CliError(
    'usage',
    `--name takes <publisher>/<name> or <publisher>: ${parsed.error.issues[0]?.message ?? ''}.`,
  );
}

function manifestText(
  name: string,
  installed: InstalledPackage,
  tools: readonly Record<string, unknown>[],
  { version, limits = {} }: PackageOptions,
): Uint8Array {
  const { description, license, homepage } = installed;
  const manifest = {
    name,
    // Build metadata would make two names of one version.
    version: version ?? installed.version.replace(/\+.*$/, ''),
    description: description.slice(0, 500) || splitPluginName(name).name,
    ...(license === null ? {} : { license }),
    ...(homepage !== null && /^https:\/\/\S{1,490}$/.test(homepage) ? { homepage } : {}),
    runtime: 'node',
    entry: LAUNCHER,
    tools,
    limits,
  };
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}
