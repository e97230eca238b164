/** `paddock plugins`: the catalogue. */
import { unwrap } from '@paddock/client';
import { describeCapabilities } from '../capabilities.js';
import { action, defined, examples, LIMIT, type Register } from '../command.js';
import { table } from '../output.js';
import { describeDeprecation } from '../versions.js';

export const plugins: Register = (program) => {
  program
    .command('plugins [query]')
    .summary('the catalogue')
    .description('The published plugins, or those whose name or description holds the query.')
    .option(...LIMIT)
    .addHelpText('after', examples('paddock plugins', 'paddock plugins markdown'))
    .action(
      action(async ({ output, connect }, query: string | undefined, { limit }: { limit: number }) => {
        const { client } = await connect();
        const page = await unwrap(client.GET('/v1/plugins', { params: { query: { limit, ...defined({ query }) } } }));
        const rows = page.items.map((one) => [
          `${one.plugin}@${one.latest.version}`,
          one.tools.map((tool) => tool.name).join(' '),
          describeCapabilities(one.capabilities) || null,
          describeDeprecation(one.latest.deprecation) ?? one.description,
        ]);
        output.result(page, () => table(['plugin', 'tools', 'asks for', 'description'], rows, 'No plugins.'));
      }),
    );
};
