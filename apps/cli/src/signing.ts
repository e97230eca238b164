/** Signs bundles with a publisher's key from a file. The key leaves this process in no form. */
import { createPublicKey } from 'node:crypto';
import { Readable } from 'node:stream';
import { importPrivateKey, keyIdOf, parseJson, publishStatement, sha256Hex, signStatement } from '@paddock/bundle';
import { inspectBundle } from '@paddock/bundle/read';
import { type BundleFile, type DsseEnvelope, Manifest, PaddockError } from '@paddock/contracts';

export interface Signable {
  readonly manifest: Pick<Manifest, 'name' | 'version'>;
  readonly files: readonly BundleFile[];
  /** Of the .tgz. */
  readonly sha256: string;
}

/**
 * The envelope that goes with a bundle.
 * @param privateKeyPem PKCS #8 in PEM, without a passphrase.
 * @throws PaddockError `signature_algorithm` for anything but an Ed25519 key; `statement_malformed`
 */
export async function signBundle({ manifest, files, sha256 }: Signable, privateKeyPem: string): Promise<DsseEnvelope> {
  const key = await importPrivateKey(privateKeyPem);
  const publicKey = createPublicKey(privateKeyPem).export({ format: 'der', type: 'spki' }).toString('base64');
  const statement = publishStatement({ plugin: manifest.name, version: manifest.version, files, sha256 });
  return signStatement(statement, key, await keyIdOf(publicKey));
}

/** What a signature is about, read from a .tgz. @throws PaddockError with a `bundle_` or `manifest_` code */
export async function readSignable(bytes: Uint8Array<ArrayBuffer>): Promise<Signable> {
  const { files, manifestBytes } = await inspectBundle(Readable.from([bytes]));
  const manifest = Manifest.pick({ name: true, version: true })
    .strip()
    .safeParse(parseJson(manifestBytes, 'manifest_not_json'));
  if (!manifest.success) throw new PaddockError('manifest_invalid', 'It has no valid name and version.');
  return { manifest: manifest.data, files, sha256: await sha256Hex(bytes) };
}

/** An envelope as it stands in a file and is uploaded. */
export const envelopeText = (envelope: DsseEnvelope): string => `${JSON.stringify(envelope, null, 2)}\n`;
