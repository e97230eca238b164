/** `paddock reverify`: has versions verified, and countersigned, anew. */
import { type PaddockClient, unwrap, type Version } from '@paddock/client';
import { action, defined, examples, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { table } from '../output.js';
import { findVersion } from '../versions.js';

/** Of what is rejected or revoked, nothing is verified any more. */
const ENDED: readonly Version['state'][] = ['rejected', 'revoked'];

export const reverify: Register = (program) => {
  program
    .command('reverify [versions...]')
    .summary('have versions verified, and countersigned, anew')
    .description(
      'Have versions verified anew, and countersigned by the registry’s present key: after another one was revoked, or where a\n' +
        'verification did not come to its end. What is published stays so meanwhile. For platform admins.',
    )
    .option('--countersigned-by <key id>', 'all versions that this key of the registry’s countersigned')
    .addHelpText('after', examples('paddock reverify acme/greeter@1.2.0', 'paddock reverify --countersigned-by 9f2c…'))
    .action(
      action(async ({ output, connect }, specs: string[], { countersignedBy }: { countersignedBy?: string }) => {
        if ((specs.length === 0) === (countersignedBy === undefined))
          throw new CliError('usage', 'Name versions, or a key: --countersigned-by.');
        const { client } = await connect();
        const found =
          countersignedBy === undefined
            ? await Promise.all(specs.map((spec) => findVersion(client, spec)))
            : await countersigned(client, countersignedBy);
        const items: Version[] = [];
        for (const { id } of found)
          items.push(await unwrap(client.POST('/v1/versions/{id}/verification', { params: { path: { id } } })));
        const rows = items.map((one) => [one.id, `${one.plugin}@${one.version}`, one.state]);
        output.result({ items }, () => table(['id', 'version', 'state'], rows, 'No versions.'));
      }),
    );
};

async function countersigned(client: PaddockClient, countersignedBy: string): Promise<Version[]> {
  const versions: Version[] = [];
  let after: string | undefined;
  do {
    const query = { limit: 200, countersignedBy, ...defined({ after }) };
    const page = await unwrap(client.GET('/v1/versions', { params: { query } }));
    versions.push(...page.items.filter(({ state }) => !ENDED.includes(state)));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return versions;
}
