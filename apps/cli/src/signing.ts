/** Signs bundles with a publisher's key from a file. The key leaves this process in no form. */
import { createPublicKey } from 'node:crypto';
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import {
  addSignature,
  importPrivateKey,
  keyIdOf,
  parseJson,
  parsePublishStatement,
  publishStatement,
  readEnvelope,
  sha256Hex,
  signStatement,
} from '@paddock/bundle';
import { inspectBundle } from '@paddock/bundle/read';
import { type BundleFile, type DsseEnvelope, Manifest, PaddockError, type PublishStatement } from '@paddock/contracts';
import { readInput } from './files.js';

export interface Signable {
  readonly manifest: Pick<Manifest, 'name' | 'version'>;
  readonly files: readonly BundleFile[];
  /** Of the .tgz. */
  readonly sha256: string;
}

/**
 * The envelope that goes with a bundle.
 * @param privateKeyPems one or more, each PKCS #8 in PEM, without a passphrase.
 * @throws PaddockError `signature_algorithm` for anything but an Ed25519 key; `statement_malformed`
 */
export async function signBundle(signable: Signable, ...privateKeyPems: readonly [string, ...string[]]) {
  const [first, ...rest] = privateKeyPems;
  const { key, keyId } = await readPrivateKey(first);
  return cosign(await signStatement(statementOf(signable), key, keyId), rest);
}

/**
 * An envelope that somebody signed already, with more signatures over the same bytes.
 * @param envelopeBytes as they came from whoever signed first.
 * @throws PaddockError as {@link signBundle} does; `statement_digest_mismatch` when the envelope is not about just this bundle
 */
export async function cosignBundle(
  signable: Signable,
  envelopeBytes: Uint8Array,
  privateKeyPems: readonly string[],
): Promise<DsseEnvelope> {
  const envelope = readEnvelope(envelopeBytes);
  const statement = parsePublishStatement(Buffer.from(envelope.payload, 'base64'));
  if (!isDeepStrictEqual(statement, statementOf(signable)))
    throw new PaddockError('statement_digest_mismatch', 'That signature is not of this bundle.');
  return cosign(envelope, privateKeyPems);
}

async function cosign(envelope: DsseEnvelope, privateKeyPems: readonly string[]): Promise<DsseEnvelope> {
  let signed = envelope;
  for (const pem of privateKeyPems) {
    const { key, keyId } = await readPrivateKey(pem);
    signed = await addSignature(signed, key, keyId);
  }
  return signed;
}

const statementOf = ({ manifest, files, sha256 }: Signable): PublishStatement =>
  publishStatement({ plugin: manifest.name, version: manifest.version, files, sha256 });

async function readPrivateKey(pem: string) {
  const key = await importPrivateKey(pem);
  const publicKey = createPublicKey(pem).export({ format: 'der', type: 'spki' }).toString('base64');
  return { key, keyId: await keyIdOf(publicKey) };
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

/** The private keys' files, in their order. @throws CliError `file_unreadable` */
export async function readKeys(files: readonly [string, ...string[]]): Promise<[string, ...string[]]> {
  const [first, ...rest] = await Promise.all(files.map(async (file) => (await readInput(file)).toString('utf8')));
  return [first as string, ...rest];
}

/** An envelope as it stands in a file and is uploaded. */
export const envelopeText = (envelope: DsseEnvelope): string => `${JSON.stringify(envelope, null, 2)}\n`;
