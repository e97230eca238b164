/**
 * Artifacts in a folder of a local file system: `sha256/ab/cdef…` for what is stored, `incoming/` for what is on its way. A file
 * comes under its digest by one atomic rename, so processes can share the folder. It never holds a whole artifact in memory.
 */
import { createHash, randomUUID } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline, type Readable, Transform } from 'node:stream';
import { pipeline as finished } from 'node:stream/promises';
import { ArtifactError, type ArtifactStore, type PutOptions, type StoredArtifact } from './artifactStore.js';

const DIGEST = /^[0-9a-f]{64}$/;
const STALE_MS = 60 * 60 * 1000;
/** Read-only for all: an artifact never changes. */
const FILE_MODE = 0o444;

/**
 * Opens the store in a folder, which is made if it is not there, and clears what uploads that died over an hour ago left.
 *
 * @throws what the file system throws.
 */
export async function openArtifacts({ dir }: { dir: string }): Promise<ArtifactStore> {
  const store = new FileArtifacts(resolve(dir));
  await store.prepare();
  return store;
}

class FileArtifacts implements ArtifactStore {
  readonly #stored: string;
  readonly #incoming: string;

  constructor(dir: string) {
    this.#stored = join(dir, 'sha256');
    this.#incoming = join(dir, 'incoming');
  }

  async prepare(): Promise<void> {
    await mkdir(this.#stored, { recursive: true });
    await mkdir(this.#incoming, { recursive: true });
    for (const name of await readdir(this.#incoming)) {
      const file = join(this.#incoming, name);
      const age = await stat(file).then(({ mtimeMs }) => Date.now() - mtimeMs, absent(0));
      if (age > STALE_MS) await rm(file, { force: true });
    }
  }

  async put(stream: Readable, { maxBytes, sha256, signal }: PutOptions): Promise<StoredArtifact> {
    const incoming = join(this.#incoming, randomUUID());
    try {
      const stored = await this.#write(stream, incoming, maxBytes, signal);
      if (sha256 !== undefined && stored.sha256 !== sha256) {
        throw new ArtifactError('digest_mismatch', 'the bytes have another digest than was announced');
      }
      await this.#publish(incoming, stored.sha256);
      return stored;
    } catch (error) {
      stream.destroy();
      await rm(incoming, { force: true });
      throw error;
    }
  }

  async #write(
    stream: Readable,
    file: string,
    maxBytes: number,
    signal: AbortSignal | undefined,
  ): Promise<StoredArtifact> {
    const hash = createHash('sha256');
    let size = 0;
    const handle = await open(file, 'wx', FILE_MODE);
    try {
      const write = async (source: AsyncIterable<Uint8Array | string>) => {
        for await (const chunk of source) {
          const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
          size += bytes.length;
          if (size > maxBytes) throw new ArtifactError('too_large', `more than ${maxBytes} bytes`);
          hash.update(bytes);
          await handle.appendFile(bytes);
        }
      };
      await finished(stream, write, signal === undefined ? {} : { signal });
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { sha256: hash.digest('hex'), size };
  }

  /** The rename replaces a file that is there already: with the same bytes, or with whole ones in place of corrupt ones. */
  async #publish(incoming: string, sha256: string): Promise<void> {
    const file = this.#fileOf(sha256);
    await mkdir(dirname(file), { recursive: true });
    await rename(incoming, file);
    await syncFolder(dirname(file));
    await syncFolder(this.#stored);
  }

  async open(sha256: string): Promise<Readable> {
    const source = (await this.#handle(sha256)).createReadStream();
    const verifier = verifying(sha256);
    // The verifier carries every error to its reader, and is destroyed with its source; the callback has nothing to add.
    pipeline(source, verifier, () => {});
    return verifier;
  }

  async path(sha256: string, verify = true): Promise<string> {
    const handle = await this.#handle(sha256);
    if (verify) await finished(handle.createReadStream(), verifying(sha256).resume());
    else await handle.close();
    return this.#fileOf(sha256);
  }

  async has(sha256: string): Promise<boolean> {
    return access(this.#fileOf(sha256)).then(() => true, absent(false));
  }

  async delete(sha256: string): Promise<void> {
    const file = this.#fileOf(sha256);
    if (!(await this.has(sha256))) return;
    await rm(file, { force: true });
    await syncFolder(dirname(file));
  }

  async *listStoredBefore(time: number): AsyncIterable<string> {
    for (const folder of await readdir(this.#stored)) {
      for (const name of await readdir(join(this.#stored, folder))) {
        const sha256 = `${folder}${name}`;
        if (DIGEST.test(sha256) && (await this.#storedAt(sha256)) < time) yield sha256;
      }
    }
  }

  async deleteStoredBefore(sha256: string, time: number): Promise<boolean> {
    if ((await this.#storedAt(sha256)) >= time) return false;
    await this.delete(sha256);
    return true;
  }

  /** Infinity for what is not there. */
  #storedAt(sha256: string): Promise<number> {
    return stat(this.#fileOf(sha256)).then(({ mtimeMs }) => mtimeMs, absent(Number.POSITIVE_INFINITY));
  }

  #handle(sha256: string): Promise<FileHandle> {
    return open(this.#fileOf(sha256), 'r').catch((cause: unknown) => {
      if (isAbsence(cause)) throw new ArtifactError('missing', `no artifact ${sha256}`, { cause });
      throw cause;
    });
  }

  #fileOf(sha256: string): string {
    if (!DIGEST.test(sha256)) throw new ArtifactError('digest_malformed', 'not a sha256 in lower-case hexadecimal');
    return join(this.#stored, sha256.slice(0, 2), sha256.slice(2));
  }
}

/** Passes bytes on, and errs in place of its end when they do not have the digest. */
function verifying(sha256: string): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const whole = hash.digest('hex') === sha256;
      done(whole ? null : new ArtifactError('corrupt', `the bytes stored as ${sha256} have another digest`));
    },
  });
}

/** A rename is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isAbsence = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** A rejection handler that gives this value where there is no file, and rejects for any other reason. */
function absent<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (isAbsence(error)) return value;
    throw error;
  };
}
