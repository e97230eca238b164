/** `paddock installs` and `paddock uninstall`. */
import { type Install, unwrap } from '@paddock/client';
import { describeCapabilities } from '../capabilities.js';
import { action, examples, LIMIT, type Register } from '../command.js';
import { findInstall } from '../installs.js';
import { table } from '../output.js';
import { describeDeprecation, describeFlags } from '../versions.js';

export const installs: Register = (program) => {
  program
    .command('installs')
    .summary('your installs')
    .description('Your organization’s installs, newest first.')
    .option(...LIMIT)
    .addHelpText('after', examples('paddock installs', 'paddock installs --json'))
    .action(
      action(async ({ output, connect }, { limit }: { limit: number }) => {
        const { client } = await connect();
        const page = await unwrap(client.GET('/v1/installs', { params: { query: { limit } } }));
        const rows = page.items.map((one) => [
          one.id,
          `${one.plugin}@${one.version}`,
          one.tools.map((tool) => tool.name).join(' '),
          describeCapabilities(one.grants) || null,
          one.isolation,
          one.upgradePolicy,
          noteOn(one),
        ]);
        output.result(page, () =>
          table(['id', 'version', 'tools', 'grants', 'isolation', 'upgrade', 'note'], rows, 'No installs.'),
        );
      }),
    );
};

/** What its owner should know of the version. */
function noteOn(install: Install): string | null {
  if (install.versionState !== 'published') return install.versionState;
  return describeFlags(install)[0] ?? describeDeprecation(install.deprecation);
}

export const uninstall: Register = (program) => {
  program
    .command('uninstall <install>')
    .summary('remove an install')
    .description('Remove an install, by its id or its plugin’s name. Its runs and its audit trail stay.')
    .addHelpText('after', examples('paddock uninstall acme/greeter'))
    .action(
      action(async ({ output, connect }, spec: string) => {
        const { client } = await connect();
        const { id, plugin, version } = await findInstall(client, spec);
        await unwrap(client.DELETE('/v1/installs/{id}', { params: { path: { id } } }));
        output.result({ id, plugin, version, removed: true }, () => `Removed ${plugin}@${version} (${id}).`);
      }),
    );
};
