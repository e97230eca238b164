/** The faults of this package's inputs: a closed set of codes. A proof that does not hold is no error but `false`. */

export type AuditErrorCode =
  /** A leaf is not of the form that can be written canonically. */
  | 'leaf_malformed'
  /** A hash, a size or an index does not fit the tree it is said to belong to. */
  | 'tree_malformed'
  | 'note_malformed'
  | 'key_malformed'
  /** No trusted key signed the note. */
  | 'signature_missing'
  /** The note names a trusted key, and that key did not sign it. */
  | 'signature_invalid'
  | 'checkpoint_malformed';

export class AuditError extends Error {
  override readonly name = 'AuditError';
  constructor(
    readonly code: AuditErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
