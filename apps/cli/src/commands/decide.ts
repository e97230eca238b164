/** `paddock approve` and `paddock reject`: what an admin decides on a version. */
import { unwrap } from '@paddock/client';
import { action, defined, examples, type Register } from '../command.js';
import { describeVersion } from '../versions.js';

export const approve: Register = (program) => {
  program
    .command('approve <version-id>')
    .summary('publish a version that was accepted, or is in review')
    .description(
      'Publish a version: your own that was accepted, or as a platform admin another organization’s that is in review.',
    )
    .option('--reason <text>', 'what stands in the audit trail')
    .addHelpText('after', examples('paddock approve 0198c1f2-… --reason "read the code"'))
    .action(
      action(async ({ output, connect }, id: string, { reason }: { reason?: string }) => {
        const { client } = await connect();
        const version = await unwrap(
          client.POST('/v1/versions/{id}/publish', { params: { path: { id } }, body: defined({ reason }) }),
        );
        output.result(version, () => describeVersion(version));
      }),
    );
};

export const reject: Register = (program) => {
  program
    .command('reject <version-id>')
    .summary('reject a version')
    .description('Reject a version that is in review or accepted; for platform admins, and for good.')
    .requiredOption('--reason <text>', 'what stands in the audit trail')
    .addHelpText('after', examples('paddock reject 0198c1f2-… --reason "starts processes"'))
    .action(
      action(async ({ output, connect }, id: string, { reason }: { reason: string }) => {
        const { client } = await connect();
        const version = await unwrap(
          client.POST('/v1/versions/{id}/reject', { params: { path: { id } }, body: { reason } }),
        );
        output.result(version, () => describeVersion(version));
      }),
    );
};
