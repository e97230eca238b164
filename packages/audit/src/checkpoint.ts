/** Checkpoints as C2SP has them (c2sp.org/tlog-checkpoint): a log's size and root, as the text of a signed note. */
import { AuditError } from './errors.js';
import { decodeBase64, parseVerifierKey, verifyNote } from './note.js';
import { assertHash, HASH_BYTES } from './tree.js';

export interface Checkpoint {
  /** The log's identity, and the name of its key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A checkpoint's text, to be signed. @throws AuditError `checkpoint_malformed` or `tree_malformed` */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (origin === '' || origin.includes('\n'))
    throw new AuditError('checkpoint_malformed', 'the origin is not one line');
  if (!Number.isSafeInteger(size) || size < 0)
    throw new AuditError('checkpoint_malformed', 'the size is not a number of leaves');
  assertHash(root);
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads a checkpoint's text. Extension lines are allowed and ignored. @throws AuditError `checkpoint_malformed` */
export function parseCheckpoint(body: string): Checkpoint {
  const [origin, size, root, ...extensions] = body.slice(0, -1).split('\n');
  const hash = root === undefined ? undefined : decodeBase64(root);
  const wellFormed =
    body.endsWith('\n') &&
    origin !== '' &&
    /^(?:0|[1-9][0-9]*)$/.test(size ?? '') &&
    Number.isSafeInteger(Number(size)) &&
    hash?.length === HASH_BYTES &&
    extensions.every((line) => line !== '');
  if (!wellFormed || origin === undefined || hash === undefined) {
    throw new AuditError('checkpoint_malformed', 'not a checkpoint of the form that logs have');
  }
  return { origin, size: Number(size), root: hash };
}

/**
 * The checkpoint in a note that the log's own key signed, and whose origin is that key's name.
 *
 * @throws AuditError as {@link verifyNote} and {@link parseCheckpoint}; `checkpoint_malformed` also for another origin.
 */
export function openCheckpoint(note: string, logKey: string): Checkpoint {
  const checkpoint = parseCheckpoint(verifyNote(note, [logKey]).body);
  if (checkpoint.origin !== parseVerifierKey(logKey).name) {
    throw new AuditError('checkpoint_malformed', 'the checkpoint is of another log than its key');
  }
  return checkpoint;
}
