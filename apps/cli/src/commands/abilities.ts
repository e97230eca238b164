/** `paddock abilities`: what code can do, beside what it declares, what it was seen to do and what you grant. */
import { unwrap } from '@paddock/client';
import { action, examples, type Register } from '../command.js';
import { findInstall } from '../installs.js';
import { table } from '../output.js';
import { findVersion } from '../versions.js';

export const abilities: Register = (program) => {
  program
    .command('abilities <plugin>')
    .summary('what a plugin can do, as its code shows it, as it says, as it was seen, and as you grant it')
    .description(
      'An install of yours, by its id or its plugin’s name; or a version, by PUBLISHER/PLUGIN@VERSION.\n' +
        'What its code can do by itself ends at the sandbox; only what is declared and granted goes beyond.',
    )
    .addHelpText('after', examples('paddock abilities acme/greeter', 'paddock abilities acme/greeter@1.2.0 --json'))
    .action(
      action(async ({ output, connect }, spec: string) => {
        const { client } = await connect();
        const path = { id: (await (spec.includes('@') ? findVersion : findInstall)(client, spec)).id };
        const found = spec.includes('@')
          ? await unwrap(client.GET('/v1/versions/{id}/abilities', { params: { path } }))
          : await unwrap(client.GET('/v1/installs/{id}/abilities', { params: { path } }));
        const rows = found.items.map(({ ability, detected, declared, observed, granted }) => [
          ability.replaceAll('_', ' '),
          detected && [detected.file, detected.line].filter((part) => part !== null).join(':'),
          ...[declared, observed, granted].map((particulars) => particulars && (particulars.join(' ') || 'yes')),
        ]);
        output.result(found, () =>
          table(['ability', 'in its code', 'declared', 'seen', 'granted'], rows, 'It only computes.'),
        );
      }),
    );
};
