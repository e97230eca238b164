/** `paddock sign`: the envelope that goes with a .tgz, or one signature more in it. */
import { action, examples, keyOption, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { readInput, replaceFile } from '../files.js';
import { cosignBundle, envelopeText, readKeys, readSignable, signBundle } from '../signing.js';

interface Options {
  key?: [string, ...string[]];
  add?: string;
  out?: string;
}

export const sign: Register = (program) => {
  keyOption(program.command('sign <bundle>'))
    .summary('sign a packed bundle')
    .description(
      'Sign a packed bundle: its name, version, digest and files, in a DSSE envelope beside it.\n' +
        'Where an organization requires several keys, give them all, or pass the envelope on: --add signs what another has signed.',
    )
    .option('--add <signature>', 'keep the signatures of this envelope, which must be about the same bundle')
    .option('-o, --out <file>', 'the signature’s file; <bundle>.sig.json by default, or the one of --add')
    .addHelpText(
      'after',
      examples(
        'paddock sign acme-greeter-0.1.0.tgz --key ~/acme.pem',
        'paddock sign acme-greeter-0.1.0.tgz --key ~/second.pem --add acme-greeter-0.1.0.tgz.sig.json',
      ),
    )
    .action(
      action(async ({ output }, bundle: string, { key, add, out }: Options) => {
        if (key === undefined) throw new CliError('usage', 'Which key signs? Give --key; paddock keygen makes one.');
        const signable = await readSignable(new Uint8Array(await readInput(bundle)));
        const keys = await readKeys(key);
        const envelope =
          add === undefined
            ? await signBundle(signable, ...keys)
            : await cosignBundle(signable, await readInput(add), keys);
        const file = out ?? add ?? `${bundle}.sig.json`;
        await replaceFile(file, envelopeText(envelope));
        const { manifest, sha256 } = signable;
        const keyIds = envelope.signatures.map(({ keyid }) => keyid);
        output.result(
          { plugin: manifest.name, version: manifest.version, sha256, keyIds, signature: file },
          () => `Signed ${manifest.name}@${manifest.version} with ${keyIds.join(', ')} → ${file}`,
        );
      }),
    );
};
