/** Reads an answer's body piece by piece, never more than is asked for, and not beyond a cap. */
import type { IncomingMessage } from 'node:http';
import { PaddockError } from '@paddock/contracts';
import { asRefusal } from './dial.js';

export class BodyReader {
  #bytes = 0;
  #failure: PaddockError | undefined;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(
    private readonly response: IncomingMessage,
    private readonly maxBytes: number,
    private readonly timeoutMs: number,
  ) {
    response.on('readable', () => this.#wake());
    response.once('end', () => {
      this.#ended = true;
      this.#wake();
    });
    response.on('error', (error) => this.#fail(asRefusal(error)));
    const closed = () => {
      if (!this.#ended) this.#fail(new PaddockError('http_failed', 'The answer broke off.'));
    };
    response.once('close', closed);
    if (response.destroyed) closed();
  }

  /** @throws PaddockError `http_body_too_large`, `http_timed_out`, `http_failed`, after which the connection is closed */
  async read(maxBytes: number): Promise<{ data: Buffer; done: boolean }> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const ready = this.response.readableLength;
      const data = ready > 0 ? (this.response.read(Math.min(ready, maxBytes)) as Buffer | null) : null;
      if (data !== null) {
        this.#bytes += data.length;
        if (this.#bytes > this.maxBytes) this.#fail(new PaddockError('http_body_too_large'));
        else return { data, done: false };
      } else if (this.#ended) {
        return { data: Buffer.alloc(0), done: true };
      } else {
        // Reading nothing is what makes the stream fetch more, or come to its end.
        this.response.read(0);
        await this.#news();
      }
    }
  }

  /** The whole body. @throws as {@link read} */
  async readAll(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (;;) {
      const { data, done } = await this.read(this.maxBytes + 1);
      if (done) return Buffer.concat(pieces);
      pieces.push(data);
    }
  }

  close(): void {
    this.response.destroy();
  }

  #fail(failure: PaddockError): void {
    this.#failure ??= failure;
    this.response.destroy();
    this.#wake();
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#fail(new PaddockError('http_timed_out')), this.timeoutMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
