/** `paddock blobs`: what runs are given and what they give. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { downloadBlob, unwrap } from '@paddock/client';
import { action, examples, LIMIT, type Register } from '../command.js';
import { bytes, table } from '../output.js';

export const blobs: Register = (program) => {
  const group = program.command('blobs').summary('what runs are given and give').description('Your blobs.');
  group
    .command('list')
    .description('Your blobs, newest first: those that you uploaded, and those that runs wrote.')
    .option(...LIMIT)
    .addHelpText('after', examples('paddock blobs list'))
    .action(
      action(async ({ output, connect }, { limit }: { limit: number }) => {
        const { client } = await connect();
        const page = await unwrap(client.GET('/v1/blobs', { params: { query: { limit } } }));
        const rows = page.items.map((one) => [one.id, one.name, one.contentType, bytes(one.size), one.runId]);
        output.result(page, () => table(['id', 'name', 'type', 'size', 'run'], rows, 'No blobs.'));
      }),
    );
  group
    .command('get <id>')
    .description('The bytes of a blob, to a file or to stdout.')
    .option('--output <file>', 'the file, which must not be there yet; stdout if left out')
    .addHelpText('after', examples('paddock blobs get 0190… --output report.pdf'))
    .action(
      action(async ({ output, connect }, id: string, { output: file }: { output?: string }) => {
        const { connection } = await connect();
        const source = Readable.fromWeb((await downloadBlob(connection, id)) as ReadableStream);
        if (file === undefined) await pipeline(source, process.stdout, { end: false });
        else {
          await pipeline(source, createWriteStream(file, { flags: 'wx' }));
          output.result({ id, file }, () => `Wrote ${file}.`);
        }
      }),
    );
  group
    .command('remove <id>')
    .description('Remove a blob.')
    .addHelpText('after', examples('paddock blobs remove 0190…'))
    .action(
      action(async ({ output, connect }, id: string) => {
        const { client } = await connect();
        await unwrap(client.DELETE('/v1/blobs/{id}', { params: { path: { id } } }));
        output.result({ id, removed: true }, () => `Removed ${id}.`);
      }),
    );
};
