/** `paddock exposure`: what a version could reach. */
import { type components, type PaddockClient, unwrap } from '@paddock/client';
import { describeCapabilities } from '../capabilities.js';
import { action, defined, examples, type Register } from '../command.js';
import { table } from '../output.js';
import { findVersion } from '../versions.js';

type ExposedInstall = components['schemas']['ExposedInstall'];

export const exposure: Register = (program) => {
  program
    .command('exposure <version>')
    .summary('what a version could reach')
    .description(
      'Install by install: since when a version ran, what was granted to it, which secrets were in its reach (by name), and\n' +
        'which hosts it fetched from. Your organization’s installs; for platform admins, everybody’s.',
    )
    .addHelpText('after', examples('paddock exposure acme/greeter@1.2.0', 'paddock exposure 0198c1f2-… --json'))
    .action(
      action(async ({ output, connect }, spec: string) => {
        const { client } = await connect();
        const { id, plugin, version, state } = await findVersion(client, spec);
        const items = await allExposed(client, id);
        output.result({ version: { id, plugin, version, state }, items }, () =>
          [
            `${plugin}@${version} is ${state}`,
            table(HEAD, items.map(row), 'No install of yours ever stood at it.'),
          ].join('\n\n'),
        );
      }),
    );
};

const HEAD = [
  'install',
  'organization',
  'runs',
  'first',
  'last',
  'granted',
  'secrets in reach',
  'fetched from',
  'refused',
];

function row({ installId, organization, runs, grants, secrets, fetched, refused }: ExposedInstall) {
  const underWay = runs.underWay === 0 ? '' : ` (${runs.underWay} under way)`;
  return [
    installId,
    organization.slug,
    `${runs.total}${underWay}`,
    runs.firstAt,
    runs.lastAt,
    describeCapabilities(grants) || null,
    secrets.map(({ name, read }) => `${name} (${read === 0 ? 'never read' : `read ${read}×`})`).join(' ') || null,
    fetched.map(({ host, requests }) => `${host} (${requests}×)`).join(' ') || null,
    refused,
  ];
}

async function allExposed(client: PaddockClient, id: string): Promise<ExposedInstall[]> {
  const items: ExposedInstall[] = [];
  let after: string | undefined;
  do {
    const params = { path: { id }, query: { limit: 200, ...defined({ after }) } };
    const page = await unwrap(client.GET('/v1/versions/{id}/exposure', { params }));
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return items;
}
