/** `paddock versions`: what was uploaded, and what became of it. */
import { unwrap } from '@paddock/client';
import { VERSION_STATES, type VersionState } from '@paddock/contracts';
import { Option } from 'commander';
import { action, defined, examples, LIMIT, type Register } from '../command.js';
import { table } from '../output.js';
import { describeVersion, findVersion } from '../versions.js';

interface Options {
  state?: VersionState;
  limit: number;
}

export const versions: Register = (program) => {
  program
    .command('versions [version]')
    .summary('what was uploaded, or one version with its findings')
    .description(
      'Your organization’s versions, newest first (for platform admins, everybody’s); or one of them with its findings.',
    )
    .addOption(new Option('--state <state>', 'only those in this state').choices(VERSION_STATES))
    .option(...LIMIT)
    .addHelpText(
      'after',
      examples('paddock versions', 'paddock versions --state review', 'paddock versions 0198c1f2-…'),
    )
    .action(
      action(async ({ output, connect }, id: string | undefined, { state, limit }: Options) => {
        const { client } = await connect();
        if (id !== undefined) {
          const version = await findVersion(client, id);
          return output.result(version, () => describeVersion(version));
        }
        const page = await unwrap(client.GET('/v1/versions', { params: { query: { limit, ...defined({ state }) } } }));
        const rows = page.items.map((one) => [
          one.id,
          `${one.plugin}@${one.version}`,
          one.state,
          one.findings.length,
          one.createdAt,
        ]);
        output.result(page, () => table(['id', 'version', 'state', 'findings', 'uploaded'], rows, 'No versions.'));
      }),
    );
};
