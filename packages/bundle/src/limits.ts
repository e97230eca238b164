/** How large a bundle may be. The same numbers bind whoever packs and whoever reads, so that what packs can be published. */

const MiB = 1024 * 1024;

export interface BundleLimits {
  /** Bytes of the .tgz itself. */
  readonly compressedBytes: number;
  /** Bytes of the tar inside it: contents, headers and padding. */
  readonly unpackedBytes: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Files; the folders that their paths imply may be as many again. */
  readonly files: number;
  /** How many times its compressed size a bundle may unpack to, once it is past {@link RATIO_FREE_BYTES}. */
  readonly ratio: number;
}

export const DEFAULT_BUNDLE_LIMITS: BundleLimits = {
  compressedBytes: 50 * MiB,
  unpackedBytes: 200 * MiB,
  fileBytes: 64 * MiB,
  files: 10_000,
  ratio: 100,
};

/** Small honest files can compress extremely well, and so little memory threatens nobody. */
export const RATIO_FREE_BYTES = 8 * MiB;

/** Bytes of `plugin.json`. */
export const MAX_MANIFEST_BYTES = 1 * MiB;

/** Bytes of a signed envelope: the payload that contracts allow, its signatures, and white space. */
export const MAX_ENVELOPE_BYTES = 4_100_000;

/** Bytes of a provenance, signed: some twenty times what the usual builders make. */
export const MAX_PROVENANCE_BYTES = 500_000;
