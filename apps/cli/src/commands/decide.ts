/** `paddock approve` and `paddock reject`: what an admin decides on a version. */
import { unwrap } from '@paddock/client';
import { action, defined, examples, type Register } from '../command.js';
import { describeVersion, findVersion } from '../versions.js';

export const approve: Register = (program) => {
  program
    .command('approve <version>')
    .summary('publish a version that was accepted, or is in review')
    .description(
      'Publish a version: your own that was accepted, or as a platform admin another organization’s that is in review.',
    )
    .option('--reason <text>', 'what stands in the audit trail')
    .option('--sha256 <digest>', 'of the bundle that you judged; the version’s own if left out')
    .addHelpText('after', examples('paddock approve acme/greeter@1.2.0 --sha256 9f2c… --reason "read the code"'))
    .action(
      action(async ({ output, connect }, spec: string, { reason, sha256 }: { reason?: string; sha256?: string }) => {
        const { client } = await connect();
        const found = await findVersion(client, spec);
        const body = { sha256: sha256 ?? found.sha256, ...defined({ reason }) };
        const params = { path: { id: found.id } };
        const version = await unwrap(client.POST('/v1/versions/{id}/publish', { params, body }));
        output.result(version, () => describeVersion(version));
      }),
    );
};

export const reject: Register = (program) => {
  program
    .command('reject <version>')
    .summary('reject a version')
    .description('Reject a version that is in review or accepted; for platform admins, and for good.')
    .requiredOption('--reason <text>', 'what stands in the audit trail')
    .addHelpText('after', examples('paddock reject 0198c1f2-… --reason "starts processes"'))
    .action(
      action(async ({ output, connect }, spec: string, { reason }: { reason: string }) => {
        const { client } = await connect();
        const { id } = await findVersion(client, spec);
        const version = await unwrap(
          client.POST('/v1/versions/{id}/reject', { params: { path: { id } }, body: { reason } }),
        );
        output.result(version, () => describeVersion(version));
      }),
    );
};
