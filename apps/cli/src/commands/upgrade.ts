/** `paddock upgrade`: an install's version, now or by itself. */
import { unwrap } from '@paddock/client';
import { UPGRADE_POLICIES, type UpgradePolicy } from '@paddock/contracts';
import { Option } from 'commander';
import { action, defined, examples, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { findInstall } from '../installs.js';

interface Options {
  to?: string;
  policy?: UpgradePolicy;
}

export const upgrade: Register = (program) => {
  program
    .command('upgrade <install>')
    .summary('take another version of an install, or have it upgraded by itself')
    .description(
      'Change an install, named by its id or its plugin’s name. Its grants, secrets and keys stay; a version that asks for more\n' +
        'than the present one is not taken.',
    )
    .option('--to <version>', 'the version to take now, such as 1.2.0')
    .addOption(
      new Option(
        '--policy <policy>',
        'fixes: leave a version that is flagged, yanked, revoked or replaced; compatible: always take the newest of the same major version',
      ).choices(UPGRADE_POLICIES),
    )
    .addHelpText(
      'after',
      examples('paddock upgrade acme/greeter --to 1.2.0', 'paddock upgrade acme/greeter --policy fixes'),
    )
    .action(
      action(async ({ output, connect }, spec: string, { to: version, policy: upgradePolicy }: Options) => {
        if (version === undefined && upgradePolicy === undefined)
          throw new CliError('usage', 'Say what to change: --to a version, or --policy.');
        const { client } = await connect();
        const { id } = await findInstall(client, spec);
        const body = defined({ version, upgradePolicy });
        const changed = await unwrap(client.PATCH('/v1/installs/{id}', { params: { path: { id } }, body }));
        output.result(
          changed,
          () => `${changed.plugin} (${id}) is at ${changed.version}; upgraded by itself: ${changed.upgradePolicy}.`,
        );
      }),
    );
};
