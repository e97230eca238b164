/** `paddock run`: asks for a run, follows it, prints what the tool answered. */
import { openAsBlob } from 'node:fs';
import { type ClientOptions, followRun, type Run, unwrap, uploadBlob } from '@paddock/client';
import { isSettled } from '@paddock/contracts';
import { action, defined, examples, gather, integer, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { EXIT, OUTCOME_EXIT } from '../exitCodes.js';
import { followFor } from '../follow.js';
import { findInstall } from '../installs.js';
import { bytes, milliseconds, printableJson } from '../output.js';
import { type InputOptions, readToolInput } from '../toolInput.js';

interface Options extends InputOptions {
  wait: number;
  timeoutMs?: number;
  idempotencyKey?: string;
  /** `name=file`, each. */
  blob?: readonly string[];
}

export const run: Register = (program) => {
  program
    .command('run <install> <tool>')
    .summary('call a tool and print what it answers')
    .description(
      'Call a tool of an install, named by its id or by its plugin’s name. Prints the output as JSON; with --json, the whole run.',
    )
    .option('--input <json>', 'the input; - reads it from stdin')
    .option('--input-file <file>', 'a file with the input; - reads it from stdin')
    .option('--file <field=path>', 'the text of a file as one field of the input; repeat it for more', gather)
    .option('--blob <name=file>', 'a file that the plugin may read as a blob; repeat it for more', gather)
    .option('--wait <seconds>', 'how long to wait for the end; 0 only asks for the run', integer(0, 3600), 60)
    .option('--timeout-ms <n>', 'tighten the deadline for this run', integer(100, 900_000))
    .option('--idempotency-key <key>', 'the same key with the same request is the same run')
    .addHelpText(
      'after',
      examples(
        `paddock run acme/greeter greet --input '{"name":"Ada"}'`,
        'paddock run acme/markdown render --file markdown=README.md',
        'echo \'{"ms":5000}\' | paddock run acme/echo sleep --input - --wait 10 --json',
      ),
    )
    .action(
      action(async ({ output, connect }, spec: string, tool: string, options: Options) => {
        const input = await readToolInput(options);
        const { client, connection } = await connect();
        const install = await findInstall(client, spec);
        const headers = defined({ 'Idempotency-Key': options.idempotencyKey });
        const blobs = await uploadFiles(connection, options.blob ?? []);
        const body = { input, ...defined({ timeoutMs: options.timeoutMs, blobs }) };
        const created = await unwrap(
          client.POST('/v1/installs/{id}/tools/{tool}/runs', {
            params: { path: { id: install.id, tool }, header: headers },
            body,
          }),
        );
        const { id } = created;
        output.progress(`${id} ${created.state}`);
        if (options.wait === 0) {
          output.result(created, () => id);
          return EXIT.ok;
        }
        const look = () => unwrap(client.GET('/v1/runs/{id}', { params: { path: { id } } }));
        const onState = (state: string) => (state === created.state ? undefined : output.progress(`${id} ${state}`));
        const ended =
          (await followFor(options.wait, (signal) => followRun(client, id, { signal, onState, everyMs: 100 }))) ??
          (await look());
        for (const line of describeEnd(ended)) output.progress(line);
        output.result(ended, () => (ended.state === 'succeeded' ? printableJson(ended.output) : ''));
        return isSettled(ended.state) ? OUTCOME_EXIT[ended.state] : EXIT.pending;
      }),
    );
};

/** Uploads each `name=file`, and answers the blobs’ ids by name. @throws CliError `usage`, `file_unreadable` */
async function uploadFiles(
  connection: ClientOptions,
  files: readonly string[],
): Promise<Record<string, string> | undefined> {
  if (files.length === 0) return undefined;
  const uploads = files.map(async (text) => {
    const equals = text.indexOf('=');
    if (equals < 1 || equals === text.length - 1)
      throw new CliError('usage', `--blob takes <name>=<file>, not “${text}”.`);
    const file = await openAsBlob(text.slice(equals + 1)).catch(() => {
      throw new CliError('file_unreadable', `${text.slice(equals + 1)} can’t be read.`);
    });
    return [text.slice(0, equals), (await uploadBlob(connection, file)).id] as const;
  });
  return Object.fromEntries(await Promise.all(uploads));
}

function describeEnd({ id, state, error, usage, logs, outputBlobs }: Run): string[] {
  if (!isSettled(state)) return [`It goes on. Its end is seen by: paddock runs ${id}`];
  const used =
    usage === null
      ? []
      : [
          `${milliseconds(usage.wallMs)}, CPU ${milliseconds(usage.cpuUs / 1000)}, memory ${bytes(usage.peakMemoryBytes)}`,
        ];
  const log = logs.length === 0 ? [] : [`${logs.length} log lines: paddock logs ${id}`];
  const written = outputBlobs.map((blob) => `${blob.name}, ${bytes(blob.size)}: paddock blobs get ${blob.id}`);
  return [...(error === null ? [] : [`${error.code}: ${error.message}`]), ...used, ...log, ...written];
}
