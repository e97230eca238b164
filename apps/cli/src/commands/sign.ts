/** `paddock sign`: the envelope that goes with a .tgz. */
import { action, examples, type Register } from '../command.js';
import { readInput, replaceFile } from '../files.js';
import { envelopeText, readSignable, signBundle } from '../signing.js';

export const sign: Register = (program) => {
  program
    .command('sign <bundle>')
    .summary('sign a packed bundle')
    .description('Sign a packed bundle: its name, version, digest and files, in a DSSE envelope beside it.')
    .requiredOption('--key <file>', 'the private key’s file, as paddock keygen writes it')
    .option('-o, --out <file>', 'the signature’s file, <bundle>.sig.json by default')
    .addHelpText('after', examples('paddock sign acme-greeter-0.1.0.tgz --key ~/acme.pem'))
    .action(
      action(async ({ output }, bundle: string, { key, out }: { key: string; out?: string }) => {
        const signable = await readSignable(new Uint8Array(await readInput(bundle)));
        const envelope = await signBundle(signable, (await readInput(key)).toString('utf8'));
        const file = out ?? `${bundle}.sig.json`;
        await replaceFile(file, envelopeText(envelope));
        const { manifest, sha256 } = signable;
        const keyId = envelope.signatures[0]?.keyid ?? '';
        output.result(
          { plugin: manifest.name, version: manifest.version, sha256, keyId, signature: file },
          () => `Signed ${manifest.name}@${manifest.version} with ${keyId} → ${file}`,
        );
      }),
    );
};
