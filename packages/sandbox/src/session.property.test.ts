/**
 * Hostile bytes against the whole reader: frames, lines, messages, exchange. Whatever comes, in whatever pieces, nothing
 * is thrown, nothing piles up, and what follows a well-formed beginning is either answered or has ended the conversation.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Answer, Ended } from './exchange.js';
import { STDERR, STDOUT } from './frames.js';
import { framed, open } from './session.testing.js';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Lines as a plugin may write them: honest, nearly honest, and neither. */
const id = fc.oneof(fc.integer({ min: -2, max: 4 }), fc.string({ maxLength: 300 }), fc.double(), fc.constant(null));
const method = fc.oneof(
  fc.constantFrom('host/kv.get', 'host/', 'ping', 'notifications/message', 'notifications/progress', '__proto__', ''),
  fc.string({ maxLength: 300 }),
);
const text = fc.oneof(
  fc
    .record(
      {
        jsonrpc: fc.constantFrom('2.0', '1.0', 2),
        id,
        method,
        params: fc.jsonValue({ maxDepth: 3 }),
        result: fc.jsonValue({ maxDepth: 3 }),
        error: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant({ code: 1, message: 'm' })),
      },
      { requiredKeys: ['jsonrpc'] },
    )
    .map((message) => JSON.stringify(message)),
  fc.integer({ min: 0, max: 3000 }).map((depth) => `{"jsonrpc":"2.0","method":"m","params":${nested(depth)}}`),
  fc.integer({ min: 0, max: 9000 }).map((length) => 'x'.repeat(length)),
  fc.constantFrom('', '{', '{"jsonrpc":"2.0","id":1,"result":{"__proto__":{"x":1}}}', '\r', '\0', '"\\u'),
);
const bytes = fc.oneof(
  { weight: 3, arbitrary: text.map((line) => Buffer.from(`${line}\n`)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)) },
);
const frames = fc.array(fc.tuple(fc.constantFrom(STDOUT, STDOUT, STDOUT, STDERR), bytes), { maxLength: 30 });
const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 });

/** Feeds bytes in pieces of the given sizes, again and again. */
function feedInPieces(feed: (bytes: Buffer) => void, all: Buffer, pieces: readonly number[]): void {
  for (let at = 0, turn = 0; at < all.length; turn += 1) {
    const size = pieces[turn % pieces.length] ?? 1;
    feed(all.subarray(at, at + size));
    at += size;
  }
}

it('never throws, and answers or ends whatever is written', async () => {
  await fc.assert(
    fc.asyncProperty(frames, sizes, async (parts, pieces) => {
      const { session, exchange, methods, feed } = open();
      const asked = exchange.request('tools/call', {}).then(
        (answer: Answer) => answer,
        (error: unknown) => error,
      );
      feedInPieces(feed, Buffer.concat(parts.map(([stream, part]) => framed(stream, part))), pieces);
      // An unfinished line is finished here, and so is whatever else is open.
      feed(framed(STDOUT, Buffer.from('\n{"jsonrpc":"2.0","id":1,"result":{}}\n')));
      const answer = await asked;
      if (answer instanceof Error) {
        expect(answer).toBeInstanceOf(Ended);
        expect((answer as Ended).ending.kind).toBe('fault');
      } else expect(answer).toHaveProperty('ok');
      expect(methods.every((name) => name.startsWith('host/'))).toBe(true);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      session.close();
      feed(framed(STDOUT, Buffer.from('too late\n')));
      expect(session.isSoiled).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('says the same however the bytes are cut', async () => {
  const told = async (all: Buffer, pieces: readonly number[]) => {
    const { session, exchange, feed } = open();
    const asked = exchange
      .request('tools/call', {})
      .then(JSON.stringify, (error: unknown) =>
        error instanceof Ended ? JSON.stringify(error.ending) : String(error),
      );
    feedInPieces(feed, all, pieces);
    exchange.end({ kind: 'exited' });
    session.close();
    return asked;
  };
  await fc.assert(
    fc.asyncProperty(frames, sizes, sizes, async (parts, some, others) => {
      const all = Buffer.concat(parts.map(([stream, part]) => framed(stream, part)));
      expect(await told(all, some)).toBe(await told(all, others));
    }),
    { numRuns: 200 },
  );
});

const request = (n: number) => `{"jsonrpc":"2.0","id":"${n}","method":"host/x"}\n`;
it.each([
  ['a line without end', STDOUT, 'x'.repeat(65_536)],
  ['empty lines', STDOUT, '\n'.repeat(65_536)],
  ['log lines', STDOUT, '{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"x"}}\n'.repeat(800)],
  ['requests', STDOUT, Array.from({ length: 1500 }, (_, n) => request(n)).join('')],
  ['stderr without end', STDERR, 'e'.repeat(65_536)],
  ['stderr of empty lines', STDERR, '\n'.repeat(65_536)],
])('neither grows by 64 MiB of %s, nor is kept busy by them', async (_name, stream, piece) => {
  const { session, exchange, state, feed } = open();
  exchange.request('tools/call', {}).catch(() => {});
  const chunk = framed(stream, Buffer.from(piece));
  const before = process.memoryUsage();
  for (let n = 0; n < 1024 && !state.paused; n += 1) {
    feed(chunk);
    if (n % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const after = process.memoryUsage();
  // Garbage that has not been collected yet is a part of this.
  expect(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed).toBeLessThan(48 << 20);
  session.close();
});
