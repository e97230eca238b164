/**
 * Versions made ready to run on this host: both signatures checked, the bundle unpacked, its manifest compared with the row's,
 * the output schemas compiled. What was unpacked is checked again, file by file, before each sandbox that is made of it.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { ArtifactError, type ArtifactStore } from '@paddock/artifacts';
import { parseJson, type SigstoreVerifier, verifyCountersignature, verifyPublisher } from '@paddock/bundle';
import { unpackBundle } from '@paddock/bundle/read';
import {
  type BundleFile,
  compileSchema,
  type ErrorIssue,
  type EvidenceDigest,
  MANIFEST_PATH,
  Manifest,
  type ObservedProfile,
  PaddockError,
  type SchemaCheck,
  type TrustedKey,
} from '@paddock/contracts';
import type { Database, ExecutableVersion } from '@paddock/db';
import { readProfile } from './readProfile.js';

export interface PreparedVersion {
  readonly id: string;
  readonly manifest: Manifest;
  /** Where the bundle lies unpacked on this host. */
  readonly bundleDir: string;
  /** What the publisher signed to be in it. */
  readonly files: readonly BundleFile[];
  /** What it was seen to do when it was verified, by the countersigned document; null where there is none. */
  readonly profile: ObservedProfile | null;
  /** Where a tool's result fails its schema; nothing for a tool without one. */
  checkOutput(tool: string, output: unknown): ErrorIssue[];
}

export interface PreparedVersionsOptions {
  db: Database;
  artifacts: ArtifactStore;
  /** A folder of this executor's own; it is emptied at the start. */
  dir: string;
  /** The registry's public keys, as they are at the moment. */
  registryKeys: () => Promise<readonly TrustedKey[]>;
  /** Checks keyless signatures. */
  sigstore: SigstoreVerifier;
}

export class PreparedVersions {
  readonly #options: PreparedVersionsOptions;
  readonly #prepared = new Map<string, Promise<PreparedVersion>>();

  private constructor(options: PreparedVersionsOptions) {
    this.#options = options;
  }

  static async open(options: PreparedVersionsOptions): Promise<PreparedVersions> {
    await rm(options.dir, { recursive: true, force: true });
    await mkdir(options.dir, { recursive: true, mode: 0o755 });
    return new PreparedVersions(options);
  }

  /** @throws PaddockError `signature_…`, `statement_…`, `countersignature_invalid`, `artifact_corrupt`, `artifact_missing`, `bundle_…` */
  prepare(versionId: string): Promise<PreparedVersion> {
    const known = this.#prepared.get(versionId);
    if (known !== undefined) return known;
    const preparing = this.#prepare(versionId);
    this.#prepared.set(versionId, preparing);
    // A failure is not kept: the next run tries anew.
    preparing.catch(() => this.#prepared.delete(versionId));
    return preparing;
  }

  /**
   * The version's state, both signatures and every unpacked byte, anew. Called before each sandbox that is made.
   * @throws as {@link prepare}, and `version_not_published`
   */
  async verify(version: PreparedVersion): Promise<void> {
    try {
      const row = await this.#options.db.system.getExecutableVersion(version.id);
      if (row.state !== 'published' && row.state !== 'yanked') throw new PaddockError('version_not_published');
      await verifySignatures(row, this.#options);
      await verifyUnpacked(version);
    } catch (error) {
      this.#prepared.delete(version.id);
      throw error;
    }
  }

  /**
   * Whether the version's proof holds still: both signatures, by the keys as they are now. What can't be told now counts as holding,
   * since it is asked again.
   */
  async holds(versionId: string): Promise<boolean> {
    try {
      const row = await this.#options.db.system.getExecutableVersion(versionId);
      await verifySignatures(row, this.#options);
      return true;
    } catch (error) {
      if (!(error instanceof PaddockError) || error.retry) return true;
      this.#prepared.delete(versionId);
      return false;
    }
  }

  async #prepare(versionId: string): Promise<PreparedVersion> {
    const { db, artifacts, dir } = this.#options;
    const version = await db.system.getExecutableVersion(versionId);
    const { files, evidence } = await verifySignatures(version, this.#options);
    const bundleDir = join(dir, versionId);
    const fresh = `${bundleDir}.${process.hrtime.bigint()}`;
    try {
      await unpackBundle(await artifacts.open(version.artifactSha256), fresh, files);
    } catch (error) {
      if (error instanceof ArtifactError)
        throw new PaddockError(error.code === 'missing' ? 'artifact_missing' : 'artifact_corrupt', undefined, {
          cause: error,
        });
      throw error;
    }
    await rm(bundleDir, { recursive: true, force: true });
    await rename(fresh, bundleDir);
    const manifest = await verifyManifest(bundleDir, version.manifest);
    const checks = new Map<string, SchemaCheck>();
    for (const tool of manifest.tools)
      if (tool.outputSchema !== undefined) checks.set(tool.name, compileSchema(tool.outputSchema));
    return {
      id: versionId,
      manifest,
      bundleDir,
      files,
      profile: await readProfile(artifacts, evidence),
      checkOutput: (tool, output) => checks.get(tool)?.(output) ?? [],
    };
  }
}

/**
 * The publisher's signatures and the registry's, each over just these bytes, by keys that were good when the registry saw them: a
 * key that was revoked since a time before that counts for nothing.
 * @returns the files that the publisher signed, and the documents that the registry did.
 */
async function verifySignatures(
  version: ExecutableVersion,
  { registryKeys, sigstore }: Pick<PreparedVersionsOptions, 'registryKeys' | 'sigstore'>,
): Promise<{ files: readonly BundleFile[]; evidence: readonly EvidenceDigest[] }> {
  const { envelope, countersignature, policy, uploadedAt, verifiedAt } = version;
  const expected = { sha256: version.artifactSha256, plugin: version.plugin, version: version.version };
  const { statement } = await verifyPublisher(envelope, { policy, sigstore, at: uploadedAt, expected });
  const check = { keys: await registryKeys(), at: verifiedAt, expected, envelopeBytes: envelope };
  const verdict = await verifyCountersignature(countersignature, check);
  return { files: statement.predicate.files, evidence: verdict.predicate.evidence };
}

/** The row's manifest decides what runs and within which limits, so it must be the one that was signed. */
async function verifyManifest(bundleDir: string, stored: Manifest): Promise<Manifest> {
  const signed = Manifest.safeParse(parseJson(await readFile(join(bundleDir, MANIFEST_PATH)), 'artifact_corrupt'));
  if (!signed.success || !isDeepStrictEqual(asStored(signed.data), asStored(stored)))
    throw new PaddockError('artifact_corrupt', 'The stored manifest is not the bundle’s.');
  return stored;
}

/** As JSON has it: a manifest that was stored and read again has lost what JSON has no words for. */
const asStored = (manifest: Manifest): unknown => JSON.parse(JSON.stringify(manifest));

async function verifyUnpacked({ bundleDir, files }: PreparedVersion): Promise<void> {
  const found = await readdir(bundleDir, { recursive: true, withFileTypes: true });
  const count = found.filter((entry) => !entry.isDirectory()).length;
  if (count !== files.length) throw new PaddockError('artifact_corrupt', 'The unpacked bundle has other files.');
  for (const { path, sha256 } of files) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(bundleDir, path)), hash).catch((cause: unknown) => {
      throw new PaddockError('artifact_corrupt', undefined, { cause });
    });
    if (hash.digest('hex') !== sha256)
      throw new PaddockError('artifact_corrupt', 'The unpacked bundle has other bytes.');
  }
}
