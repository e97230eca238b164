/** Uploads byte by byte: multipart bodies of any kind, and bundles that no honest packer would make. */
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { type GeneratedKey, preAuthEncoding, publishStatement, signStatement } from '@paddock/bundle';
import { unwrap } from '@paddock/client';
import { type BundleFile, DSSE_PAYLOAD_TYPE } from '@paddock/contracts';
import { type RawEntry, rawTgz } from '../../packages/bundle/src/rawTar.testing.js';
import { type Answer, send } from './http.js';
import type { TestOrganization, TestStack } from './stack.js';

export interface Part {
  name: string;
  data: Uint8Array | string;
  /** A part without one is a field and no file. */
  filename?: string | null;
}

export const BOUNDARY = 'paddock-test-boundary';
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

/** A part's head as it stands on the wire. */
export const partHead = ({ name, filename = `${name}.bin` }: Omit<Part, 'data'>): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"` +
  `${filename === null ? '' : `; filename="${filename}"\r\nContent-Type: application/octet-stream`}\r\n\r\n`;

export const END = `\r\n--${BOUNDARY}--\r\n`;

/** A whole multipart body. */
export function multipart(parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap((part, index) => [
    index === 0 ? '' : '\r\n',
    partHead(part),
    part.data as Uint8Array | string,
  ]);
  return Buffer.concat([...pieces, END].map((piece) => Buffer.from(piece as string)));
}

/** Posts a multipart body, or anything else that is said to be one. */
export const postUpload = (
  stack: TestStack,
  publisher: TestOrganization,
  body: Uint8Array | string,
  type = MULTIPART,
): Promise<Answer> =>
  send(stack, '/v1/versions', { method: 'POST', key: publisher.apiKey, headers: { 'Content-Type': type }, body });

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** What a bundle's entries come to as a signed list of files, whatever the entries are. */
export function filesOf(entries: readonly RawEntry[]): BundleFile[] {
  const files = entries.map(({ name, data = '' }) => ({
    path: name,
    mode: 0o644 as const,
    size: Buffer.byteLength(data),
    sha256: sha256(data),
  }));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const HONEST_FILES = filesOf([{ name: 'plugin.json', data: '{}' }]);

export interface SignedBytes {
  plugin: string;
  version?: string;
  bytes: Uint8Array;
  /** What the statement lists; something well-formed unless told. */
  files?: BundleFile[];
}

/** The envelope over any bytes at all. */
export async function signBytes(
  key: GeneratedKey,
  { plugin, version = '1.0.0', bytes, files = HONEST_FILES }: SignedBytes,
) {
  const statement = publishStatement({ plugin, version, files, sha256: sha256(bytes) });
  return JSON.stringify(await signStatement(statement, key.privateKeyPem, key.keyId));
}

/** Signs and posts any bytes as a bundle. */
export async function uploadBytes(
  stack: TestStack,
  publisher: TestOrganization,
  key: GeneratedKey,
  signed: SignedBytes,
): Promise<Answer> {
  const signature = await signBytes(key, signed);
  return postUpload(
    stack,
    publisher,
    multipart([
      { name: 'signature', data: signature },
      { name: 'bundle', data: signed.bytes },
    ]),
  );
}

/** An envelope whose one signature holds, over anything at all. */
export function signPayload({ privateKeyPem, keyId }: GeneratedKey, text: string): string {
  const payload = new TextEncoder().encode(text);
  const sig = sign(null, preAuthEncoding(DSSE_PAYLOAD_TYPE, payload), createPrivateKey(privateKeyPem));
  return JSON.stringify({
    payloadType: DSSE_PAYLOAD_TYPE,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: keyId, sig: sig.toString('base64') }],
  });
}

/** A bundle with this manifest, if any, and any other entries, and what an honest publisher would list of it. */
export function rawBundle(manifest: string | null, entries: readonly RawEntry[]) {
  const all = [...(manifest === null ? [] : [{ name: 'plugin.json', data: manifest }]), ...entries];
  return { bytes: new Uint8Array(rawTgz(all)), files: filesOf(all) };
}

/** Those of the digests whose bytes the artifact store holds. */
export async function storedArtifacts(stack: TestStack, ...digests: string[]): Promise<string[]> {
  const files = await readdir(stack.artifactsFolder, { recursive: true });
  const names = files.map((file) => file.replace(/^sha256\//, '').replaceAll('/', ''));
  return digests.filter((digest) => names.includes(digest));
}

/** The codes of the organization's refused uploads, as the audit trail has them, newest first. */
export async function auditedRefusals({ client }: TestOrganization): Promise<unknown[]> {
  const query = { event: 'version.upload_refused' as const, limit: 200 };
  const { items } = await unwrap(client.GET('/v1/audit/events', { params: { query } }));
  return items.map((event) => event.data['code']);
}
