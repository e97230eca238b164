/** `paddock verify`: whether a bundle is what its publisher signed and the registry vouched for, without asking either. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { keyIdOf, parseRegistryKeys, publicKeyOfPem } from '@paddock/bundle';
import { describeProvenance, type TrustedKey } from '@paddock/contracts';
import { action, examples, gather, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { EXIT } from '../exitCodes.js';
import { readInput } from '../files.js';
import { printable, table } from '../output.js';
import { type BundleCheck, verifyBundle } from '../verifyBundle.js';
import { BESIDE } from './pull.js';

interface Options {
  signature?: string;
  countersignature?: string;
  signers?: string;
  provenance?: string;
  keys?: string;
  publisherKey?: string[];
  trustedRoot?: string;
}

/** No such document is longer. */
const MAX_KEYS_BYTES = 100_000;

export const verify: Register = (program) => {
  program
    .command('verify <bundle>')
    .summary('check a bundle, its signatures and the registry’s word')
    .description(
      'Check a bundle offline: the archive, its manifest, what its publisher signed, the registry’s countersignature, and whose\n' +
        'signatures those are. The files that paddock pull puts beside a bundle are found by themselves.\n' +
        'Exit code: 0 proven, 1 refuted, 2 incomplete (there is nothing to check a part with).',
    )
    .option('--signature <file>', `the publisher’s envelope; <bundle>${BESIDE.signature} if it is there`)
    .option('--countersignature <file>', `the registry’s; <bundle>${BESIDE.countersignature} if it is there`)
    .option('--signers <file>', `the evidence “signers”; <bundle>${BESIDE.signers} if it is there`)
    .option('--provenance <file>', `the evidence “provenance”; <bundle>${BESIDE.provenance} if it is there`)
    .option('--keys <file or url>', 'the registry’s public keys, as /.well-known/paddock-keys.json has them')
    .option('--trusted-root <file>', 'the Sigstore root of keyless signatures; the public instance’s unless given')
    .option(
      '--publisher-key <file>',
      'a public key in PEM that you know to be the publisher’s; repeat it for more',
      gather,
    )
    .addHelpText(
      'after',
      examples(
        'paddock verify acme-hello-0.1.0.tgz --keys paddock-keys.json',
        'paddock verify acme-hello-0.1.0.tgz --keys https://registry.example/.well-known/paddock-keys.json --json',
      ),
    )
    .action(
      action(async ({ output }, bundle: string, options: Options) => {
        const bytes = await readInput(bundle);
        const beside = async (given: string | undefined, suffix: string) =>
          given === undefined && !existsSync(`${bundle}${suffix}`)
            ? undefined
            : readInput(given ?? `${bundle}${suffix}`);
        const { loadSigstore } = await import('@paddock/bundle/sigstore');
        const check = await verifyBundle({
          bundleFile: bundle,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          signature: await beside(options.signature, BESIDE.signature),
          countersignature: await beside(options.countersignature, BESIDE.countersignature),
          signers: await beside(options.signers, BESIDE.signers),
          provenance: await beside(options.provenance, BESIDE.provenance),
          registryKeys: options.keys === undefined ? undefined : await parseRegistryKeys(await readKeys(options.keys)),
          sigstore: await loadSigstore(options.trustedRoot),
          publisherKeys: options.publisherKey === undefined ? undefined : await pinned(options.publisherKey),
        });
        output.result(check, () => describe(check));
        return { proven: EXIT.ok, refuted: 1, incomplete: 2 }[check.verdict];
      }),
    );
};

async function readKeys(place: string): Promise<Uint8Array> {
  if (!/^https?:\/\//.test(place)) return readInput(place);
  const response = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new CliError('file_unreadable', `${place} answered ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_KEYS_BYTES) throw new CliError('file_unreadable', `${place} is no list of keys.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whoever names a key trusts it, whenever it signed. */
const pinned = (files: readonly string[]): Promise<TrustedKey[]> =>
  Promise.all(
    files.map(async (file) => {
      const publicKey = publicKeyOfPem((await readInput(file)).toString('utf8'));
      const validFrom = new Date(0).toISOString();
      return { keyId: await keyIdOf(publicKey), publicKey, validFrom, validUntil: null, revokedAt: null };
    }),
  );

function describe({ verdict, plugin, version, sha256, checks, registry, signers, provenance }: BundleCheck): string {
  const rows = checks.map(({ name, result, code, detail }) => [name, result, code, detail]);
  return [
    `${plugin === null ? 'The bundle' : `${plugin}@${version}`} is ${verdict}`,
    `sha256 ${sha256}`,
    '',
    table(['what', 'result', 'code', 'why'], rows, ''),
    ...(registry === null
      ? []
      : [
          '',
          `The registry’s verdict of ${registry.verifiedAt}: ${registry.verdict}`,
          `by ${registry.scanners.map(({ name, version: number }) => `${name} ${number}`).join(', ')}`,
        ]),
    ...signers.map((id) => `Signed by ${id}`),
    ...(provenance === null ? [] : [printable(describeProvenance(provenance))]),
  ].join('\n');
}
