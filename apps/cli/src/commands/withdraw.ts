/** `paddock yank`, `paddock deprecate` and `paddock revoke`: a published version taken back, in three strengths. */
import { type PaddockClient, unwrap, type Version } from '@paddock/client';
import type { Command } from 'commander';
import { action, defined, examples, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { describeVersion, findVersion } from '../versions.js';

type Params = { path: { id: string } };

/** A command on one version, named by its id or by publisher/name@version. */
const onVersion = <O>(command: Command, act: (client: PaddockClient, params: Params, options: O) => Promise<Version>) =>
  command.action(
    action(async ({ output, connect }, spec: string, options: O) => {
      const { client } = await connect();
      const { id } = await findVersion(client, spec);
      const version = await act(client, { path: { id } }, options);
      output.result(version, () => describeVersion(version));
    }),
  );

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw new CliError('usage', `Without --undo, it takes ${option}.`);
  return value;
}

export const yank: Register = (program) => {
  const command = program
    .command('yank <version>')
    .summary('take no new installs of a version')
    .description(
      'A yanked version takes no new installs; those that are there go on. For its publisher and for admins.',
    )
    .option('--reason <text>', 'why; tenants see it')
    .option('--undo', 'let it take installs again')
    .addHelpText('after', examples('paddock yank acme/greeter@1.2.0 --reason "greets twice"'));
  onVersion(command, (client, params, { reason, undo = false }: { reason?: string; undo?: boolean }) =>
    unwrap(
      undo
        ? client.POST('/v1/versions/{id}/unyank', { params, body: defined({ reason }) })
        : client.POST('/v1/versions/{id}/yank', { params, body: { reason: needed(reason, '--reason') } }),
    ),
  );
};

interface DeprecateOptions {
  message?: string;
  replacement?: string;
  undo?: boolean;
}

export const deprecate: Register = (program) => {
  const command = program
    .command('deprecate <version>')
    .summary('tell tenants not to begin with a version any more')
    .description(
      'The version goes on as it is; catalogue and installs show the message. For its publisher and for admins.',
    )
    .option('--message <text>', 'what tenants are told')
    .option('--replacement <plugin>', 'what to take in its place: publisher/name or publisher/name@version')
    .option('--undo', 'take the message back')
    .addHelpText(
      'after',
      examples('paddock deprecate acme/greeter@1.2.0 --message "no longer kept" --replacement acme/welcome'),
    );
  onVersion(command, (client, params, { message, replacement, undo = false }: DeprecateOptions) =>
    unwrap(
      undo
        ? client.DELETE('/v1/versions/{id}/deprecation', { params })
        : client.PUT('/v1/versions/{id}/deprecation', {
            params,
            body: { message: needed(message, '--message'), ...defined({ replacement }) },
          }),
    ),
  );
};

export const revoke: Register = (program) => {
  const command = program
    .command('revoke <version>')
    .summary('end a version everywhere, for good')
    .description(
      'The kill switch: every sandbox of the version is killed, its runs end as revoked, and there are no more.\n' +
        'What it could reach is told by paddock exposure.',
    )
    .requiredOption('--reason <text>', 'why; tenants see it')
    .addHelpText('after', examples('paddock revoke acme/greeter@1.2.0 --reason "sends what it reads elsewhere"'));
  onVersion(command, (client, params, { reason }: { reason: string }) =>
    unwrap(client.POST('/v1/versions/{id}/revoke', { params, body: { reason } })),
  );
};
