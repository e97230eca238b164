/**
 * The way of a plugin's folder to a published version: pack → sign → upload → verdict → decision. It packs and signs by the
 * very code of the command line.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type GeneratedKey, generateKeyPair, type PackedBundle } from '@paddock/bundle';
import { envelopeText, type PackedFolder, packFolder, signBundle } from '@paddock/cli';
import { ApiError, followVersion, type Upload, unwrap, uploadVersion, type Version } from '@paddock/client';
import { MANIFEST_PATH } from '@paddock/contracts';
import pc from 'picocolors';
import { repositoryRoot } from '../folders.js';
import { buildGoPlugin } from '../goPlugin.js';
import { bytes } from '../table.js';
import type { Organization, Play } from './cast.js';
import { must } from './steps.js';

const PLUGINS = 'test/fixtures/plugins';
/** Larger files are not shown to a reviewer. */
const MiB = 1024 * 1024;

/** A new signing key, registered by its publisher. */
export async function registerKey({ steps }: Play, publisher: Organization): Promise<GeneratedKey> {
  return steps.step(
    `${publisher.slug} registers a signing key`,
    async () => {
      const key = await generateKeyPair();
      const body = { name: 'demo', publicKey: key.publicKey };
      const registered = await unwrap(publisher.client.POST('/v1/signing-keys', { body }));
      must(registered.keyId === key.keyId, `the key came back as ${registered.keyId}`);
      return key;
    },
    ({ keyId }) => `Ed25519 ${keyId.slice(0, 12)}…`,
  );
}

/**
 * Packs a plugin of the fixtures under a version that its publisher has not uploaded yet. A Go program is built first; what
 * it embeds of its manifest keeps the fixture's version, which only its introduction shows.
 * @param plugin its folder, such as `honest/markdown`
 */
export async function packNext({ folder }: Play, publisher: Organization, plugin: string): Promise<PackedFolder> {
  const source = path.join(repositoryRoot(), PLUGINS, plugin);
  const manifest = JSON.parse(await readFile(path.join(source, MANIFEST_PATH), 'utf8')) as {
    name: string;
    version: string;
    entry: string;
  };
  const version = nextVersion(manifest.version, await uploadedVersions(publisher, manifest.name));
  const copy = path.join(folder, `${manifest.name.replace('/', '-')}-${version}`);
  await cp(source, copy, { recursive: true });
  if (existsSync(path.join(source, 'go.mod'))) await buildGoPlugin(source, path.join(copy, manifest.entry));
  await writeFile(path.join(copy, MANIFEST_PATH), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  return packFolder(copy);
}

/** A folder to pack in: what plugins import is found from it as it is in the checkout. */
export async function makeWorkshop(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await symlink(path.join(repositoryRoot(), 'node_modules'), path.join(folder, 'node_modules'));
}

export async function uploadedVersions(publisher: Organization, plugin: string): Promise<string[]> {
  const versions: string[] = [];
  let after: string | undefined;
  do {
    const query = { limit: 200, ...(after === undefined ? {} : { after }) };
    const page = await unwrap(publisher.client.GET('/v1/versions', { params: { query } }));
    versions.push(...page.items.filter((item) => item.plugin === plugin).map((item) => item.version));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return versions;
}

/** The manifest's own version, or the patch after the last one of its minor that is taken. */
export function nextVersion(wanted: string, taken: readonly string[]): string {
  const [major, minor, patch = 0] = wanted.split('.').map(Number);
  const patches = taken
    .map((version) => version.split('.'))
    .filter((parts) => Number(parts[0]) === major && Number(parts[1]) === minor)
    .map((parts) => Number.parseInt(parts[2] ?? '', 10));
  return taken.includes(wanted) ? `${major}.${minor}.${Math.max(patch, ...patches) + 1}` : wanted;
}

/** What is to be signed and uploaded. */
export type Packed = PackedBundle & Pick<PackedFolder, 'manifest'>;

/** What is uploaded of a packed plugin, signed with `key`. */
export async function signed(packed: Packed, key: GeneratedKey): Promise<Upload> {
  const signature = envelopeText(await signBundle(packed, key.privateKeyPem));
  return { signature, bundle: new Blob([packed.bytes]) };
}

export const upload = ({ stack }: Play, publisher: Organization, what: Upload): Promise<Version> =>
  uploadVersion({ url: stack.apiUrl, apiKey: publisher.apiKey }, what);

/** What follows uploads to their verdicts. */
export type Verdicts = (() => Promise<Version>)[];

/**
 * Packs, signs and uploads. What is answered follows the verification to its verdict, whatever that is: the verifier reads
 * several versions at once, so whoever has several uploads them all first.
 */
export async function submit(
  play: Play,
  publisher: Organization,
  plugin: string,
  key: GeneratedKey,
  pack: () => Promise<Packed> = () => packNext(play, publisher, plugin),
): Promise<() => Promise<Version>> {
  const { steps } = play;
  const packed = await steps.step(
    `${publisher.slug} packs, signs and uploads ${plugin}`,
    async () => {
      const made = await pack();
      const uploaded = await upload(play, publisher, await signed(made, key));
      must(uploaded.sha256 === made.sha256, `the digest came back as ${uploaded.sha256}`);
      return { ...made, versionId: uploaded.id };
    },
    ({ manifest, files, bytes: packedBytes, sha256 }) =>
      `${manifest.name} ${manifest.version}: ${files.length} files, ${bytes(packedBytes.length)}, sha256 ${sha256.slice(0, 12)}…`,
  );
  const { name, version } = packed.manifest;
  return async () => {
    const verified = await steps.step(
      `The verifier reads ${name} ${version}`,
      async () => {
        const followed = await followVersion(publisher.client, packed.versionId);
        must(followed.state !== 'rejected', `the verdict is rejected: ${findingsOf(followed).join('; ')}`);
        return followed;
      },
      ({ verdict, findings }) =>
        `${verdict}, ${findings.length === 0 ? 'no findings' : count(findings.length, 'finding')}`,
    );
    steps.show(...findingsOf(verified).map((line) => pc.yellow(line)));
    return verified;
  };
}

/** One line for each rule that something was found by, with all places. */
function findingsOf({ findings }: Version): string[] {
  const places = new Map<string, string[]>();
  for (const { severity, rule, message, file, line } of findings) {
    const title = `${severity} ${rule}: ${message}`;
    const place = file === null ? [] : [line === null ? file : `${file}:${line}`];
    places.set(title, [...(places.get(title) ?? []), ...place]);
  }
  return [...places].map(([title, at]) => (at.length === 0 ? title : `${title} (${at.join(', ')})`));
}

/** The admin's decision; `reason` stands in the audit trail. */
export async function publish(play: Play, version: Version, reason: string): Promise<void> {
  const { admin, steps, versions } = play;
  if (version.state === 'review') await review(play, version);
  const published = await steps.step(
    `${admin.slug} ${version.state === 'review' ? 'approves and publishes' : 'publishes'} ${version.plugin} ${version.version}`,
    async () => {
      const params = { path: { id: version.id } };
      const body = { sha256: version.sha256, reason };
      const decided = await unwrap(admin.client.POST('/v1/versions/{id}/publish', { params, body }));
      must(decided.state === 'published', `it is ${decided.state}`);
      return decided;
    },
    () => reason,
  );
  versions.set(version.plugin, published);
}

/** What an admin looks at before deciding: what is new in the version, and the file in which something was found. */
async function review({ admin, steps }: Play, version: Version): Promise<void> {
  const params = { path: { id: version.id } };
  await steps.step(
    `${admin.slug} reviews ${version.plugin} ${version.version}, of another organization`,
    async () => {
      const { previous, files } = await unwrap(admin.client.GET('/v1/versions/{id}/difference', { params }));
      const { items } = await unwrap(admin.client.GET('/v1/versions/{id}/files', { params }));
      const found = version.findings.map(({ file }) =>
        items.find(({ path: each, size }) => each === file && size < MiB),
      );
      const [file] = found.filter((each) => each !== undefined);
      if (file === undefined) return { previous, files, read: null };
      const query = { path: file.path };
      await unwrap(
        admin.client.GET('/v1/versions/{id}/files/content', { params: { ...params, query }, parseAs: 'text' }),
      );
      return { previous, files, read: file.path };
    },
    ({ previous, files, read }) =>
      `${count(files.length, 'file')} ${previous === null ? 'new' : `changed since ${previous.version}`}${read === null ? '' : `; reads ${read}`}`,
  );
}

/** Runs what must be refused, and answers the refusal's code. */
export async function refusal(attempt: () => Promise<unknown>): Promise<ApiError> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('it was let through');
}

/** `1 finding`, `2 findings`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
