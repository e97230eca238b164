/**
 * Bytes from a sandbox, cut into frames and lines without ever holding more than one line of the allowed length.
 * Nothing here knows what a line means.
 */

/** Docker's stream numbers (Engine API, "Attach to a container": stream format). */
export const STDOUT = 1;
export const STDERR = 2;

/**
 * Takes Docker's multiplexed stream apart: a header of eight bytes (stream, three zeros, length as big-endian uint32)
 * before each payload. A payload is passed on in the pieces it comes in and never gathered, so its length costs nothing.
 */
export class FrameDecoder {
  private readonly header = Buffer.alloc(8);
  private headerBytes = 0;
  private payloadLeft = 0;

  constructor(private readonly onPayload: (stream: typeof STDOUT | typeof STDERR, bytes: Buffer) => void) {}

  /** @throws Error when the bytes are not Docker's format, which is the engine's fault and not the plugin's. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.payloadLeft === 0) {
        const taken = Math.min(8 - this.headerBytes, chunk.length - at);
        chunk.copy(this.header, this.headerBytes, at, at + taken);
        this.headerBytes += taken;
        at += taken;
        if (this.headerBytes < 8) return;
        this.headerBytes = 0;
        this.payloadLeft = this.header.readUInt32BE(4);
        continue;
      }
      const stream = this.header[0];
      if (stream !== STDOUT && stream !== STDERR) throw new Error(`the engine sent a frame of stream ${stream}`);
      const taken = Math.min(this.payloadLeft, chunk.length - at);
      this.payloadLeft -= taken;
      this.onPayload(stream, chunk.subarray(at, at + taken));
      at += taken;
    }
  }
}

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines of at most `maxBytes` (newline not counted). Where `onLine` answers false, the rest of
 * the bytes at hand is dropped uncut: a plugin can write millions of empty lines a second.
 * A longer line is `refuse`d, after which nothing more is taken, or `cut`: its beginning is a line and its rest is dropped.
 */
export class LineSplitter {
  /** The beginning of a line whose end has not come; grown by doubling, so that many tiny pieces cost no more than one big. */
  private buffer = Buffer.alloc(0);
  private length = 0;
  private dropping = false;
  private refused = false;
  private sated = false;

  constructor(
    private readonly maxBytes: number,
    private readonly whenTooLong: 'refuse' | 'cut',
    private readonly onLine: (line: Buffer) => unknown,
  ) {}

  /** Answers false once a line has been refused. */
  push(bytes: Buffer): boolean {
    this.sated = false;
    let at = 0;
    while (at < bytes.length && !this.refused && !this.sated) {
      const newline = bytes.indexOf(NEWLINE, at);
      const piece = bytes.subarray(at, newline === -1 ? bytes.length : newline);
      at += piece.length + (newline === -1 ? 0 : 1);
      this.take(piece, newline !== -1);
    }
    return !this.refused;
  }

  /** Takes the beginning of a line, if there is one, for a line: nothing more will come. */
  end(): void {
    if (this.length > 0) this.take(Buffer.alloc(0), true);
  }

  private take(piece: Buffer, complete: boolean): void {
    if (this.dropping) {
      this.dropping = !complete;
      return;
    }
    const tooLong = this.length + piece.length > this.maxBytes;
    if (tooLong && this.whenTooLong === 'refuse') {
      this.refused = true;
      this.release();
      return;
    }
    const fitting = tooLong ? piece.subarray(0, this.maxBytes - this.length) : piece;
    if (!complete && !tooLong) {
      this.keep(fitting);
      return;
    }
    // `release` comes first: what `onLine` calls may push again.
    const line = this.length === 0 ? fitting : Buffer.concat([this.buffer.subarray(0, this.length), fitting]);
    this.release();
    this.dropping = tooLong && !complete;
    this.sated = this.onLine(line) === false;
  }

  private keep(piece: Buffer): void {
    const needed = this.length + piece.length;
    if (needed > this.buffer.length) {
      const grown = Buffer.alloc(Math.min(this.maxBytes, Math.max(needed, this.buffer.length * 2, 1024)));
      this.buffer.copy(grown, 0, 0, this.length);
      this.buffer = grown;
    }
    piece.copy(this.buffer, this.length);
    this.length = needed;
  }

  private release(): void {
    this.buffer = Buffer.alloc(0);
    this.length = 0;
  }
}
