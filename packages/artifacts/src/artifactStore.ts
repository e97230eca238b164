/** What a store of artifacts does, whatever keeps the bytes. A digest is the sha256 of the bytes, in lower-case hexadecimal. */
import type { Readable } from 'node:stream';

export interface ArtifactStore {
  /**
   * Stores a stream's bytes under their digest. They are durable when this resolves; the same bytes again are no error. When
   * it rejects, nothing is left, and the stream is destroyed.
   *
   * @throws ArtifactError `too_large` or `digest_mismatch`; an AbortError when the signal says so; what the stream or the disk throws.
   */
  put(stream: Readable, options: PutOptions): Promise<StoredArtifact>;

  /**
   * The bytes of an artifact, hashed again as they are read: wrong bytes end in an error `corrupt` in place of the stream's
   * end. So a reader MUST act on the bytes only after `end`, and MUST read the stream to its end or destroy it.
   *
   * @throws ArtifactError `missing` or `digest_malformed`
   */
  open(sha256: string): Promise<Readable>;

  /**
   * The path of a local file with the artifact's bytes, to be mounted or given to a program. Whoever can write to the store
   * can change the file after this check.
   *
   * @param verify whether to hash the file first; true unless given.
   * @throws ArtifactError `missing`, `corrupt` or `digest_malformed`
   */
  path(sha256: string, verify?: boolean): Promise<string>;

  /** Whether the artifact is there; its bytes are not looked at. @throws ArtifactError `digest_malformed` */
  has(sha256: string): Promise<boolean>;

  /** The digests of what was last stored before that time, in milliseconds since the epoch. */
  listStoredBefore(time: number): AsyncIterable<string>;

  /** Deletes the artifact unless it was stored again since; answers whether it did. @throws ArtifactError `digest_malformed` */
  deleteStoredBefore(sha256: string, time: number): Promise<boolean>;

  /** Deletes the artifact, if it is there. @throws ArtifactError `digest_malformed` */
  delete(sha256: string): Promise<void>;
}

export interface PutOptions {
  /** The most bytes to take. */
  readonly maxBytes: number;
  /** The digest that the bytes must have; other bytes are refused as `digest_mismatch`. */
  readonly sha256?: string;
  readonly signal?: AbortSignal;
}

export interface StoredArtifact {
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

export type ArtifactErrorCode =
  | 'too_large'
  /** The stored bytes do not have the digest under which they are stored. */
  | 'corrupt'
  /** The bytes given do not have the digest that they were announced with. */
  | 'digest_mismatch'
  | 'missing'
  /** What was given as a digest is none. */
  | 'digest_malformed';

export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  constructor(
    readonly code: ArtifactErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
