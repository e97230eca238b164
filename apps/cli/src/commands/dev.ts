/** `paddock dev`: a plugin's folder in the real sandbox, at a terminal or for one call. */
import type { LogLine, Progress } from '@paddock/contracts';
import { parseGrants } from '../capabilities.js';
import { action, type Context, examples, gather, type Register } from '../command.js';
import { describeResult } from '../dev/describeResult.js';
import type { DevPlugin } from '../dev/devPlugin.js';
import { runSession } from '../dev/session.js';
import { CliError } from '../errors.js';
import { EXIT, OUTCOME_EXIT } from '../exitCodes.js';
import { readInput } from '../files.js';
import { type Output, printableJson } from '../output.js';
import { readManifest } from '../pack/readManifest.js';
import type { LocalSandbox } from '../sandbox/localSandbox.js';
import { type InputOptions, readToolInput } from '../toolInput.js';

interface Options extends InputOptions {
  call?: string;
  grant?: string[];
  secretsFile?: string;
  fresh?: true;
}

export const dev: Register = (program) => {
  program
    .command('dev [dir]')
    .summary('run a plugin’s folder in a sandbox here, and call its tools')
    .description(
      'Check a plugin’s folder, start it in the real sandbox on this machine, and call its tools from the terminal. It is\n' +
        'loaded anew when a file changes. Runs get the limits, outcomes and refusals of the platform; host/kv is kept in memory,\n' +
        'host/http and host/blob are not offered. It needs a Docker engine with the images that npm run stack -- up makes.',
    )
    .option('--call <tool>', 'call one tool, print what it answers, and end; the exit code is that of paddock run')
    .option('--input <json>', 'its input; - reads it from stdin')
    .option('--input-file <file>', 'a file with its input; - reads it from stdin')
    .option('--file <field=path>', 'the text of a file as one field of its input; repeat it for more', gather)
    .option(
      '--grant <capability>',
      'http=<host>, kv, blobs or secrets=<NAME>; all that is declared if left out',
      gather,
    )
    .option('--secrets-file <file>', 'lines of NAME=value; else PADDOCK_SECRET_<NAME> of the environment')
    .option('--fresh', 'a new sandbox for every call')
    .addHelpText(
      'after',
      examples(
        'paddock dev plugins/greeter',
        `paddock dev --call greet --input '{"name":"Ada"}'`,
        'paddock dev --secrets-file .secrets --grant kv --grant secrets=TOKEN',
      ),
    )
    .action(
      action(async (context, dir: string | undefined, options: Options) => {
        const { output, environment } = context;
        const folder = dir ?? '.';
        if (options.call === undefined && output.isJson) throw new CliError('usage', '--json goes with --call.');
        const secrets = await readSecrets(options.secretsFile, environment.secrets);
        const { runtime } = await readManifest(folder);
        output.progress('Trying the sandbox’s controls');
        const { openLocalSandbox } = await import('../sandbox/localSandbox.js');
        const sandbox = await openLocalSandbox(environment, runtime);
        const stop = new AbortController();
        for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
        try {
          const log: LogLine[] = [];
          const plugin = await devPlugin(folder, sandbox, options, { output, log, secrets });
          if (options.call !== undefined)
            return await callOnce(plugin, options.call, options, context, log, stop.signal);
          const ended = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
          await Promise.race([runSession({ folder, plugin, output, log }), ended]);
          return EXIT.ok;
        } finally {
          await sandbox.close();
        }
      }),
    );
};

interface Surroundings {
  output: Output;
  log: LogLine[];
  secrets: ReadonlyMap<string, string>;
}

async function devPlugin(
  folder: string,
  sandbox: LocalSandbox,
  { grant, fresh }: Options,
  { output, log, secrets }: Surroundings,
): Promise<DevPlugin> {
  const { DevPlugin } = await import('../dev/devPlugin.js');
  return new DevPlugin(folder, sandbox, {
    grants: grant === undefined ? undefined : parseGrants(grant),
    secrets,
    isolation: fresh === true ? 'run' : 'install',
    onLog: (line) => {
      log.push(line);
      if (!output.isJson) output.progress(`  ${line.level} ${line.message}`);
    },
    onProgress: (progress) => (output.isJson ? undefined : output.progress(`  ${describeProgress(progress)}`)),
  });
}

async function callOnce(
  plugin: DevPlugin,
  tool: string,
  options: Options,
  { output }: Context,
  log: LogLine[],
  signal: AbortSignal,
): Promise<number> {
  const input = await readToolInput(options);
  const { limits } = await plugin.load();
  log.length = 0;
  const result = await plugin.call(tool, input, signal);
  if (!output.isJson) output.progress(describeResult(result));
  const { outcome, error = null, usage, start } = result;
  const document = { tool, state: outcome, output: result.output ?? null, error, usage, limits, start, logs: log };
  output.result(document, () => (outcome === 'succeeded' ? printableJson(result.output) : ''));
  return OUTCOME_EXIT[outcome];
}

const describeProgress = ({ done, total, message }: Progress): string =>
  `${done}${total === null ? '' : `/${total}`}${message === null ? '' : ` ${message}`}`;

/** @throws CliError `usage` for a line that is no secret, without a word of it; `file_unreadable` */
async function readSecrets(
  file: string | undefined,
  ofEnvironment: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  if (file === undefined) return ofEnvironment;
  const lines = (await readInput(file)).toString('utf8').split(/\r?\n/);
  const secrets = new Map(ofEnvironment);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value] = /^([A-Z][A-Z0-9_]{0,63})=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new CliError('usage', `${file}, line ${index + 1}: it takes NAME=value.`);
    secrets.set(name, value);
  }
  return secrets;
}
