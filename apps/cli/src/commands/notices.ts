/** `paddock notices`. */
import { unwrap } from '@paddock/client';
import { action, examples, LIMIT, type Register } from '../command.js';
import { printable, table } from '../output.js';

interface Options {
  limit: number;
  unread?: boolean;
  read?: boolean;
}

export const notices: Register = (program) => {
  program
    .command('notices')
    .summary('what became of versions that you have installed')
    .description(
      'What was flagged, yanked, deprecated or revoked of your installs, and what was upgraded; newest first.',
    )
    .option(...LIMIT)
    .option('--unread', 'only those that nobody of your organization has read')
    .option('--read', 'mark what is shown, and all before it, as read')
    .addHelpText('after', examples('paddock notices', 'paddock notices --unread --read'))
    .action(
      action(async ({ output, connect }, { limit, unread = false, read = false }: Options) => {
        const { client } = await connect();
        const page = await unwrap(
          client.GET('/v1/notices', { params: { query: { limit, ...(unread ? { unread: 'true' } : {}) } } }),
        );
        const [newest] = page.items;
        if (read && newest !== undefined) await unwrap(client.POST('/v1/notices/read', { body: { until: newest.id } }));
        const rows = page.items.map((one) => [
          one.at,
          one.read ? null : 'new',
          one.kind,
          `${one.plugin}@${one.version}`,
          one.reason === null ? null : printable(one.reason),
          one.installId,
        ]);
        output.result(page, () => table(['at', '', 'what', 'version', 'reason', 'install'], rows, 'No notices.'));
      }),
    );
};
