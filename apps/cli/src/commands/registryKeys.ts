/** `paddock registry-keys`: the operator's file of the registry's public keys, from which processes read anew at each use. */

import { existsSync } from 'node:fs';
import { generateKeyPair, parseRegistryKeys, registryKeysDocument } from '@paddock/bundle';
import type { TrustedKey } from '@paddock/contracts';
import type { Command } from 'commander';
import { action, examples, type Register, timestamp } from '../command.js';
import { CliError } from '../errors.js';
import { readInput, replaceFile, writeSecretFile } from '../files.js';
import { table } from '../output.js';

interface Options {
  file: string;
}

export const registryKeys: Register = (program) => {
  const group = program
    .command('registry-keys')
    .summary('the registry’s own keys')
    .description(
      'The file of the registry’s public keys (PADDOCK_REGISTRY_PUBLIC_KEYS_FILE), to be changed while everything runs:\n' +
        '1. add a key, and bring the file to every host; 2. put its private half in the place of the verifiers’ old one;\n' +
        '3. retire the old key. What it countersigned stays good. A key that was stolen is revoked instead.',
    );
  fileOption(group.command('list'))
    .description('The keys, and from when to when each signs.')
    .addHelpText('after', examples('paddock registry-keys list --file paddock-keys.json'))
    .action(action(async ({ output }, { file }: Options) => show(output, await readKeys(file))));
  fileOption(group.command('add'))
    .description('Make a key pair: its private half goes into a file of its own, its public half into the list.')
    .requiredOption('--out <file>', 'where the private key goes; a file that is there is never overwritten')
    .addHelpText('after', examples('paddock registry-keys add --file paddock-keys.json --out registry-2027.pem'))
    .action(
      action(async ({ output }, { file, out }: Options & { out: string }) => {
        const keys = existsSync(file) ? await readKeys(file) : [];
        const { privateKeyPem, publicKey, keyId } = await generateKeyPair();
        await writeSecretFile(out, privateKeyPem);
        const validFrom = new Date().toISOString();
        show(
          output,
          await writeKeys(file, [...keys, { keyId, publicKey, validFrom, validUntil: null, revokedAt: null }]),
        );
      }),
    );
  fileOption(group.command('retire <key-id>'))
    .description('Let a key end now: it signs nothing more, and what it signed stays good.')
    .addHelpText('after', examples('paddock registry-keys retire 4f2c… --file paddock-keys.json'))
    .action(
      action(async ({ output }, keyId: string, { file }: Options) =>
        show(output, await changeKey(file, keyId, { validUntil: new Date().toISOString() })),
      ),
    );
  fileOption(group.command('revoke <key-id>'))
    .description('Believe nothing that a key countersigned from a time on: executors run no version that rests on it.')
    .requiredOption('--since <date>', 'since when it can’t be trusted', timestamp)
    .addHelpText('after', examples('paddock registry-keys revoke 4f2c… --file paddock-keys.json --since 2026-05-01'))
    .action(
      action(async ({ output }, keyId: string, { file, since }: Options & { since: string }) =>
        show(output, await changeKey(file, keyId, { revokedAt: since })),
      ),
    );
};

const fileOption = (command: Command): Command => command.requiredOption('--file <file>', 'the registry’s public keys');

const readKeys = async (file: string): Promise<TrustedKey[]> => parseRegistryKeys(await readInput(file));

async function writeKeys(file: string, keys: readonly TrustedKey[]): Promise<readonly TrustedKey[]> {
  await replaceFile(file, `${JSON.stringify(registryKeysDocument(keys), null, 2)}\n`);
  return keys;
}

async function changeKey(file: string, keyId: string, change: Partial<TrustedKey>): Promise<readonly TrustedKey[]> {
  const keys = await readKeys(file);
  if (!keys.some((key) => key.keyId === keyId)) throw new CliError('usage', `${file} has no key ${keyId}.`);
  return writeKeys(
    file,
    keys.map((key) => (key.keyId === keyId ? { ...key, ...change } : key)),
  );
}

function show(output: { result(document: unknown, human: () => string): void }, keys: readonly TrustedKey[]) {
  const rows = keys.map(({ keyId, validFrom, validUntil, revokedAt }) => [keyId, validFrom, validUntil, revokedAt]);
  output.result(registryKeysDocument(keys), () => table(['id', 'signs from', 'until', 'revoked since'], rows, ''));
}
