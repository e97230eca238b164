/** `paddock secrets`: the secrets of an install, whose values come in by stdin and never out again. */
import { unwrap } from '@paddock/client';
import { action, examples, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { findInstall } from '../installs.js';
import { table } from '../output.js';
import { askSecret, isInteractive } from '../prompts.js';

const MAX_BYTES = 64 * 1024;

export const secrets: Register = (program) => {
  const group = program.command('secrets').summary('an install’s secrets').description('The secrets of an install.');
  group
    .command('list <install>')
    .description('The names of the secrets that have a value, of an install named by its id or its plugin.')
    .addHelpText('after', examples('paddock secrets list acme/greeter'))
    .action(
      action(async ({ output, connect }, spec: string) => {
        const { client } = await connect();
        const { id } = await findInstall(client, spec);
        const list = await unwrap(client.GET('/v1/installs/{id}/secrets', { params: { path: { id } } }));
        const rows = list.items.map(({ name, setAt }) => [name, setAt]);
        output.result(list, () => table(['name', 'set at'], rows, 'No secrets.'));
      }),
    );
  group
    .command('set <install> <name>')
    .description('Give a secret its value: what stands on stdin, without the line’s end, or what you type.')
    .addHelpText('after', examples('paddock secrets set acme/greeter TOKEN < token.txt'))
    .action(
      action(async ({ output, connect }, spec: string, name: string) => {
        const value = isInteractive() ? await askSecret(`Value of ${name}`) : await readStdin();
        const { client } = await connect();
        const { id } = await findInstall(client, spec);
        const params = { path: { id, name } };
        await unwrap(client.PUT('/v1/installs/{id}/secrets/{name}', { params, body: { value } }));
        output.result({ installId: id, name, set: true }, () => `Set ${name}.`);
      }),
    );
  group
    .command('remove <install> <name>')
    .description('Remove the value of a secret.')
    .addHelpText('after', examples('paddock secrets remove acme/greeter TOKEN'))
    .action(
      action(async ({ output, connect }, spec: string, name: string) => {
        const { client } = await connect();
        const { id } = await findInstall(client, spec);
        await unwrap(client.DELETE('/v1/installs/{id}/secrets/{name}', { params: { path: { id, name } } }));
        output.result({ installId: id, name, removed: true }, () => `Removed ${name}.`);
      }),
    );
};

/** @throws CliError `usage` when there is more than a secret can be */
async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new CliError('usage', 'A secret has 16,384 characters at most.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
