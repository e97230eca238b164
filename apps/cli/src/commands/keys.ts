/** `paddock keys`: the signing keys that an organization has registered, and how many of them must sign. */
import { unwrap } from '@paddock/client';
import { action, defined, examples, integer, type Register, timestamp } from '../command.js';
import { table } from '../output.js';

export const keys: Register = (program) => {
  const group = program
    .command('keys')
    .summary('your organization’s signing keys')
    .description('The signing keys of your organization. paddock keygen makes one and registers it.');
  group
    .command('list')
    .description('All keys that were ever registered, and how many of the valid ones must sign a version.')
    .addHelpText('after', examples('paddock keys list'))
    .action(
      action(async ({ output, connect }) => {
        const { client } = await connect();
        const [{ items }, { items: identities }, { organization }] = await Promise.all([
          unwrap(client.GET('/v1/signing-keys')),
          unwrap(client.GET('/v1/trusted-publishers')),
          unwrap(client.GET('/v1/me')),
        ]);
        const others = identities.map((each) => [each.id, each.name, each.identity, each.issuer, each.revokedAt]);
        const rows = items.map((key) => [key.keyId, key.name, key.validFrom, key.validUntil, key.revokedAt]);
        const required = organization.signatureThreshold;
        output.result({ items, identities, signatureThreshold: required }, () =>
          [
            table(['id', 'name', 'valid from', 'until', 'revoked since'], rows, 'No keys.'),
            '',
            table(
              ['id', 'name', 'identity', 'issuer', 'revoked since'],
              others,
              'No identities that sign by Sigstore.',
            ),
            '',
            `${required} must sign a version.`,
          ].join('\n'),
        );
      }),
    );
  group
    .command('revoke <key-id>')
    .description(
      'Revoke a key for good. Versions that the registry saw before stay valid; with --since, those that it first saw after that\n' +
        'time are withdrawn, unless enough other keys signed them too.',
    )
    .requiredOption('--reason <text>', 'what stands in the audit trail')
    .option('--since <date>', 'since when it can’t be trusted; now unless given', timestamp)
    .addHelpText(
      'after',
      examples(
        'paddock keys revoke 4f2c… --reason "replaced by the new laptop’s"',
        'paddock keys revoke 4f2c… --reason "laptop stolen" --since 2026-05-01T08:00:00Z',
      ),
    )
    .action(
      action(async ({ output, connect }, keyId: string, { reason, since }: { reason: string; since?: string }) => {
        const { client } = await connect();
        const params = { path: { keyId } };
        const body = { reason, ...defined({ since }) };
        const key = await unwrap(client.POST('/v1/signing-keys/{keyId}/revoke', { params, body }));
        output.result(key, () =>
          [
            `${key.name} is revoked since ${key.revokedAt}.`,
            ...key.withdrawnVersions.map((id) => `Withdrawn with it: version ${id}`),
          ].join('\n'),
        );
      }),
    );
  group
    .command('trust <identity>')
    .description(
      'Let an identity, such as a workflow of your CI, sign your versions by Sigstore, without a key. Both it and its issuer are\n' +
        'compared whole with what the certificate says.',
    )
    .requiredOption('--issuer <url>', 'who vouches for the identity')
    .requiredOption('--name <text>', 'what you call it')
    .addHelpText(
      'after',
      examples(
        'paddock keys trust https://github.com/acme/hello/.github/workflows/release.yml@refs/heads/main ' +
          '--issuer https://token.actions.githubusercontent.com --name release',
      ),
    )
    .action(
      action(async ({ output, connect }, identity: string, { issuer, name }: { issuer: string; name: string }) => {
        const { client } = await connect();
        const trusted = await unwrap(client.POST('/v1/trusted-publishers', { body: { name, issuer, identity } }));
        output.result(trusted, () => `${trusted.id}  ${name} may sign.`);
      }),
    );
  group
    .command('distrust <id>')
    .description('Trust such an identity no longer; --since withdraws what the registry first saw after that time.')
    .requiredOption('--reason <text>', 'what stands in the audit trail')
    .option('--since <date>', 'since when it can’t be trusted; now unless given', timestamp)
    .addHelpText('after', examples('paddock keys distrust 0198c1f2-… --reason "moved to another CI"'))
    .action(
      action(async ({ output, connect }, id: string, { reason, since }: { reason: string; since?: string }) => {
        const { client } = await connect();
        const body = { reason, ...defined({ since }) };
        const revoked = await unwrap(
          client.POST('/v1/trusted-publishers/{id}/revoke', { params: { path: { id } }, body }),
        );
        output.result(revoked, () =>
          [
            `${revoked.name} is not trusted since ${revoked.revokedAt}.`,
            ...revoked.withdrawnVersions.map((version) => `Withdrawn with it: version ${version}`),
          ].join('\n'),
        );
      }),
    );
  group
    .command('require <count>')
    .description('Say how many of your valid keys must sign each version from now on; never more than there are.')
    .addHelpText('after', examples('paddock keys require 2'))
    .action(
      action(async ({ output, connect }, count: string) => {
        const signatureThreshold = integer(1, 8)(count);
        const { client } = await connect();
        const organization = await unwrap(client.PATCH('/v1/organization', { body: { signatureThreshold } }));
        output.result(organization, () => `${signatureThreshold} of your keys must sign a version.`);
      }),
    );
};
