/** `paddock usage`: what runs consumed. */
import { unwrap } from '@paddock/client';
import { action, defined, examples, type Register, timestamp } from '../command.js';
import { bytes, mebibyteSeconds, milliseconds, table } from '../output.js';

export const usage: Register = (program) => {
  program
    .command('usage')
    .summary('what your runs consumed')
    .description('What your organization’s runs consumed, by install; the last 30 days unless asked otherwise.')
    .option('--from <date>', 'since when', timestamp)
    .option('--to <date>', 'until when', timestamp)
    .addHelpText('after', examples('paddock usage', 'paddock usage --from 2026-05-01 --to 2026-06-01 --json'))
    .action(
      action(async ({ output, connect }, { from, to }: { from?: string; to?: string }) => {
        const { client } = await connect();
        const report = await unwrap(client.GET('/v1/usage', { params: { query: defined({ from, to }) } }));
        const rows = report.items.map((one) => [
          one.installId,
          one.plugin,
          one.runs,
          milliseconds(one.cpuUs / 1000),
          milliseconds(one.wallMs),
          bytes(one.maxPeakMemoryBytes),
          mebibyteSeconds(one.memoryByteMs),
          bytes(one.ioReadBytes + one.ioWriteBytes),
          bytes(one.outputBytes),
          one.hostCalls,
          bytes(one.hostRequestBytes),
          bytes(one.hostAnswerBytes),
        ]);
        output.result(report, () =>
          table(
            [
              ...['install', 'plugin', 'attempts', 'cpu', 'wall', 'peak memory', 'memory × time', 'i/o', 'output'],
              ...['host calls', 'to host', 'from host'],
            ],
            rows,
            'No usage.',
          ),
        );
      }),
    );
};
