/** `paddock publish`: pack → sign → upload → follow the verification → publish what was accepted. */
import { followVersion, type PaddockClient, unwrap, uploadVersion, type Version } from '@paddock/client';
import { action, bundlingOption, type Context, examples, integer, keyOption, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { EXIT } from '../exitCodes.js';
import { readInput } from '../files.js';
import { followFor } from '../follow.js';
import { bytes } from '../output.js';
import { packFolder } from '../pack/packFolder.js';
import { envelopeText, readKeys, signBundle } from '../signing.js';
import { describeVersion } from '../versions.js';

interface Options {
  key?: [string, ...string[]];
  bundle: boolean | string;
  signature?: string;
  provenance?: string;
  wait: number | false;
  hold?: true;
}

interface Upload {
  readonly bundle: Blob;
  readonly signature: string | Uint8Array<ArrayBuffer>;
  readonly what: string;
}

export const publish: Register = (program) => {
  keyOption(bundlingOption(program.command('publish [dir]')))
    .summary('pack, sign, upload, and publish what is accepted')
    .description(
      'Pack and sign a plugin’s folder, upload it, wait for the verdict, and publish what was accepted.\n' +
        'A version in review is published by an admin of another organization (paddock approve).',
    )
    .option('--bundle <file>', 'upload this .tgz instead of packing a folder')
    .option('--signature <file>', 'its signature, as paddock sign writes it')
    .option(
      '--provenance <file>',
      'SLSA provenance of this very bundle, as its builder signed it; shown, never taken for safety',
    )
    .option('--wait <seconds>', 'how long to wait for the verdict', integer(1, 86_400), 300)
    .option('--no-wait', 'upload only; the verdict is seen by paddock versions')
    .option('--hold', 'leave an accepted version unpublished')
    .addHelpText(
      'after',
      examples(
        'paddock publish --key ~/acme.pem',
        'paddock publish --bundle acme-greeter-0.1.0.tgz --signature acme-greeter-0.1.0.tgz.sig.json',
        'paddock publish --bundle acme-greeter-0.1.0.tgz --signature signature.json --provenance provenance.sigstore.json',
      ),
    )
    .action(
      action(async (context, dir: string | undefined, options: Options) => {
        const { output } = context;
        const { client, connection } = await context.connect();
        const upload = await prepareUpload(dir, options);
        output.progress(`Uploading ${upload.what} (${bytes(upload.bundle.size)})`);
        const provenance =
          options.provenance === undefined ? undefined : new Uint8Array(await readInput(options.provenance));
        const uploaded = await uploadVersion(connection, { ...upload, provenance });
        const version =
          options.wait === false
            ? uploaded
            : await settle(context, client, uploaded, options.wait, options.hold === true);
        output.result(version, () => describeVersion(version));
        return exitCodeOf(version, options.wait !== false);
      }),
    );
};

async function prepareUpload(dir: string | undefined, { key, bundle, signature }: Options): Promise<Upload> {
  if (typeof bundle === 'string') {
    if (signature === undefined || dir !== undefined)
      throw new CliError('usage', '--bundle needs --signature, and no folder.');
    return {
      bundle: new Blob([await readInput(bundle)]),
      signature: new Uint8Array(await readInput(signature)),
      what: bundle,
    };
  }
  if (signature !== undefined) throw new CliError('usage', '--signature goes with --bundle <file>.');
  if (key === undefined) throw new CliError('usage', 'Which key signs? Give --key; paddock keygen makes one.');
  const privateKeyPems = await readKeys(key);
  const packed = await packFolder(dir ?? '.', { bundle });
  const envelope = await signBundle(packed, ...privateKeyPems);
  return {
    bundle: new Blob([packed.bytes]),
    signature: envelopeText(envelope),
    what: `${packed.manifest.name}@${packed.manifest.version}`,
  };
}

/** Follows the verification, and publishes the version if it was accepted. */
async function settle(
  { output }: Context,
  client: PaddockClient,
  { id }: Version,
  seconds: number,
  isHeld: boolean,
): Promise<Version> {
  const version = await followFor(seconds, (signal) =>
    followVersion(client, id, { signal, onState: (state) => output.progress(`${id} ${state}`) }),
  );
  if (version === null) return unwrap(client.GET('/v1/versions/{id}', { params: { path: { id } } }));
  if (version.state !== 'accepted' || isHeld) return version;
  const published = await unwrap(
    client.POST('/v1/versions/{id}/publish', { params: { path: { id } }, body: { sha256: version.sha256 } }),
  );
  output.progress(`${id} ${published.state}`);
  return published;
}

function exitCodeOf({ state }: Version, isFollowed: boolean): number {
  if (state === 'verifying') return isFollowed ? EXIT.pending : EXIT.ok;
  return state === 'rejected' || state === 'revoked' ? EXIT.versionRejected : EXIT.ok;
}
