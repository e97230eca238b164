/** `paddock keygen`: a publisher's key pair. The private half is written to its file and shown nowhere. */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { generateKeyPair } from '@paddock/bundle';
import { unwrap } from '@paddock/client';
import { action, defined, examples, type Register, timestamp } from '../command.js';
import { writeSecretFile } from '../files.js';

interface Options {
  out: string;
  register?: string;
  validFrom?: string;
  validUntil?: string;
}

export const keygen: Register = (program) => {
  program
    .command('keygen')
    .summary('make a key pair to sign versions with')
    .description(
      'Make an Ed25519 key pair to sign versions with. The private key is written to a file that only you can read.',
    )
    .option(
      '--out <file>',
      'where the private key goes; a file that is there is never overwritten',
      'paddock-signing-key.pem',
    )
    .option('--register <name>', 'also register the public key as your organization’s, under this name')
    .option('--valid-from <date>', 'from when it counts, if registered; now unless given', timestamp)
    .option('--valid-until <date>', 'until when it counts, if registered', timestamp)
    .addHelpText(
      'after',
      examples(
        'paddock keygen',
        'paddock keygen --out ~/acme.pem --register laptop',
        'paddock keygen --out ~/acme-2027.pem --register laptop-2027 --valid-until 2028-01-01',
      ),
    )
    .action(
      action(async ({ output, connect }, { out, register, validFrom, validUntil }: Options) => {
        const connection = register === undefined ? undefined : await connect();
        const { privateKeyPem, publicKey, keyId } = await generateKeyPair();
        await writeSecretFile(out, privateKeyPem);
        if (connection !== undefined && register !== undefined) {
          const body = { name: register, publicKey, ...defined({ validFrom, validUntil }) };
          await unwrap(connection.client.POST('/v1/signing-keys', { body })).catch(async (error: unknown) => {
            await rm(out); // A key that nobody trusts would only be in the way of the next try.
            throw error;
          });
        }
        const document = { keyId, publicKey, privateKeyFile: resolve(out), registeredAs: register ?? null };
        output.result(document, () =>
          [
            `Key id:      ${keyId}`,
            `Public key:  ${publicKey}`,
            `Private key: ${out} (keep it secret)`,
            ...(register === undefined ? [] : [`Registered:  ${register}`]),
          ].join('\n'),
        );
      }),
    );
};
