/** `paddock runs`, `paddock logs` and `paddock cancel`: runs that were asked for before. */
import { unwrap } from '@paddock/client';
import { RUN_STATES, type RunState } from '@paddock/contracts';
import { Option } from 'commander';
import { action, defined, examples, LIMIT, type Register } from '../command.js';
import { milliseconds, printable, printableJson, table } from '../output.js';

interface Options {
  install?: string;
  state?: RunState;
  limit: number;
}

export const runs: Register = (program) => {
  program
    .command('runs [id]')
    .summary('your runs, or one of them')
    .description('Your organization’s runs, newest first; or one of them, whole.')
    .option('--install <id>', 'only those of this install')
    .addOption(new Option('--state <state>', 'only those in this state').choices(RUN_STATES))
    .option(...LIMIT)
    .addHelpText('after', examples('paddock runs --state timed_out', 'paddock runs 0198c1f2-…'))
    .action(
      action(async ({ output, connect }, id: string | undefined, { install, state, limit }: Options) => {
        const { client } = await connect();
        if (id !== undefined) {
          const run = await unwrap(client.GET('/v1/runs/{id}', { params: { path: { id } } }));
          return output.result(run, () => printableJson(run));
        }
        const page = await unwrap(
          client.GET('/v1/runs', { params: { query: { limit, ...defined({ installId: install, state }) } } }),
        );
        const rows = page.items.map((one) => [
          one.id,
          `${one.plugin}@${one.version}`,
          one.tool,
          one.state,
          one.usage === null ? null : milliseconds(one.usage.wallMs),
          one.createdAt,
        ]);
        output.result(page, () => table(['id', 'version', 'tool', 'state', 'took', 'created'], rows, 'No runs.'));
      }),
    );
};

export const logs: Register = (program) => {
  program
    .command('logs <run-id>')
    .summary('a run’s log')
    .description('What a run wrote to its log and to stderr.')
    .addHelpText('after', examples('paddock logs 0198c1f2-…'))
    .action(
      action(async ({ output, connect }, id: string) => {
        const { client } = await connect();
        const run = await unwrap(client.GET('/v1/runs/{id}', { params: { path: { id } } }));
        if (run.logs.length === 0) output.progress('No log lines.');
        const lines = run.logs.map(({ at, level, message }) => `${at} ${level.padEnd(7)} ${printable(message)}`);
        output.result({ runId: id, state: run.state, logs: run.logs }, () => lines.join('\n'));
      }),
    );
};

export const cancel: Register = (program) => {
  program
    .command('cancel <run-id>')
    .summary('cancel a run')
    .description('Cancel a run: one that is queued ends at once, one that is running within its grace.')
    .addHelpText('after', examples('paddock cancel 0198c1f2-…'))
    .action(
      action(async ({ output, connect }, id: string) => {
        const { client } = await connect();
        const run = await unwrap(client.POST('/v1/runs/{id}/cancel', { params: { path: { id } } }));
        output.result(run, () =>
          run.state === 'cancelled' ? `${id} is cancelled.` : `${id} is ${run.state}, and was asked to stop.`,
        );
      }),
    );
};
