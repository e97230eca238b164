/** `paddock pack`: from a plugin's folder, or from an npm package, to a .tgz. */
import type { Command } from 'commander';
import { action, bundlingOption, type Context, examples, gather, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { replaceFile } from '../files.js';
import { parseLimits } from '../limits.js';
import { bytes, table } from '../output.js';
import { type PackedFolder, packFolder } from '../pack/packFolder.js';

interface Options extends PackageFlags {
  out?: string;
  bundle: boolean;
  npm?: string;
}
/** What goes with `--npm` alone. */
interface PackageFlags {
  name?: string;
  version?: string;
  command?: string;
  arg?: string[];
  env?: string[];
  limit?: string[];
}
const PACKAGE_FLAGS = ['name', 'version', 'command', 'arg', 'env', 'limit'] as const satisfies (keyof PackageFlags)[];
/** Past this many files, their sizes tell nobody anything. */
const MAX_ROWS = 40;

export const pack: Register = (program) => {
  npmOptions(bundlingOption(program.command('pack [dir]')))
    .summary('check and pack a plugin’s folder, or an npm package that is an MCP server')
    .description(
      'Check plugin.json and pack the folder. Left out: node_modules, hidden files, *.tgz, *.pem, *.key, and what .paddockignore names.\n' +
        'An entry that imports packages becomes one file with them; the SDK needs no installation.\n' +
        'With --npm, install a package that speaks MCP over stdio, start it in a sandbox on this machine, and draw its manifest\n' +
        'from the tools that it lists. No script of any package runs, and its code nowhere but in the sandbox.',
    )
    .option('-o, --out <file>', 'the bundle’s file, <publisher>-<name>-<version>.tgz by default')
    .addHelpText(
      'after',
      examples(
        'paddock pack',
        'paddock pack plugins/greeter -o greeter.tgz',
        'paddock pack --no-bundle',
        'paddock pack --npm @modelcontextprotocol/server-everything --name acme',
        'paddock pack --npm @modelcontextprotocol/server-memory --name acme/memory --env MEMORY_FILE_PATH=/tmp/memory.jsonl',
      ),
    )
    .action(
      action(async (context, dir: string | undefined, options: Options) => {
        const { output } = context;
        const packed = await (options.npm === undefined
          ? packedFolder(dir, options)
          : packedPackage(context, dir, options.npm, options));
        const file = options.out ?? packed.fileName;
        await replaceFile(file, packed.bytes);
        const { manifest, sha256, files, isBundled } = packed;
        const document = {
          plugin: manifest.name,
          version: manifest.version,
          file,
          size: packed.bytes.length,
          sha256,
          isBundled,
          tools: manifest.tools.map((tool) => tool.name),
          files,
        };
        output.result(document, () => describe(packed, file));
      }),
    );
};

const npmOptions = (command: Command): Command =>
  command
    .option(
      '--npm <package[@version]>',
      'pack this package of the npm registry; the options down to --limit go with it',
    )
    .option('--name <publisher[/name]>', 'the plugin’s name; without a second half, the package’s own')
    .option('--version <semver>', 'the version, in place of the package’s own')
    .option('--command <name>', 'which of the package’s commands, if it has several')
    .option('--arg <text>', 'an argument of its command; repeat it for more', gather)
    .option('--env <NAME=value>', 'a variable that it is to see, public like the bundle; repeat it for more', gather)
    .option('--limit <name=number>', 'a limit for the manifest; repeat it for more', gather);

function packedFolder(dir: string | undefined, { bundle, ...options }: Options): Promise<PackedFolder> {
  const stray = PACKAGE_FLAGS.find((flag) => options[flag] !== undefined);
  if (stray !== undefined) throw new CliError('usage', `--${stray} goes with --npm; a folder says it in plugin.json.`);
  return packFolder(dir ?? '.', { bundle });
}

async function packedPackage(
  { environment, output }: Context,
  dir: string | undefined,
  spec: string,
  { name, version, command, bundle, arg = [], env = [], limit = [] }: Options,
): Promise<PackedFolder> {
  if (dir !== undefined) throw new CliError('usage', 'Give a folder or --npm, not both.');
  if (name === undefined)
    throw new CliError('usage', 'Who publishes it? --name <publisher> or --name <publisher>/<name>.');
  const given = { name, version, command, bundle, args: arg, env: variables(env), limits: parseLimits(limit) };
  const [{ packPackage }, { openLocalSandbox }] = await Promise.all([
    import('../npm/packPackage.js'),
    import('../sandbox/localSandbox.js'),
  ]);
  const sandbox = await openLocalSandbox(environment, 'node');
  try {
    return await packPackage(spec, { ...given, onStep: (line) => output.progress(line) }, sandbox);
  } finally {
    await sandbox.close();
  }
}

function variables(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined)
        throw new CliError('usage', `--env takes <NAME>=<value>, not “${text}”.`);
      return [name, value];
    }),
  );
}

function describe({ manifest, files, bytes: packed, sha256, isBundled }: PackedFolder, file: string): string {
  const rows = files.slice(0, MAX_ROWS).map(({ path, size }) => [path, bytes(size)]);
  return [
    table(['file', 'size'], rows, ''),
    ...(files.length > MAX_ROWS ? [`… and ${files.length - MAX_ROWS} more`] : []),
    '',
    `${manifest.name}@${manifest.version} → ${file} (${bytes(packed.length)})${isBundled ? `; ${manifest.entry} holds what it imports` : ''}`,
    `Tools: ${manifest.tools.map((tool) => tool.name).join(', ')}`,
    `sha256 ${sha256}`,
  ].join('\n');
}
