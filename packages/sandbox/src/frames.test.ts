import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameDecoder, LineSplitter, STDERR, STDOUT } from './frames.js';

const frame = (stream: number, payload: Buffer) => {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
};
/** Cuts bytes at the given places, again and again. */
const cut = (bytes: Buffer, sizes: number[]): Buffer[] => {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const payload = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));

describe('FrameDecoder', () => {
  it('gives back what was framed, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(STDOUT, STDERR), payload)), sizes, (frames, pieces) => {
        const got = { [STDOUT]: [] as Buffer[], [STDERR]: [] as Buffer[] };
        const decoder = new FrameDecoder((stream, bytes) => got[stream].push(bytes));
        for (const piece of cut(Buffer.concat(frames.map(([stream, bytes]) => frame(stream, bytes))), pieces))
          decoder.push(piece);
        for (const stream of [STDOUT, STDERR] as const) {
          const sent = Buffer.concat(frames.filter(([of]) => of === stream).map(([, bytes]) => bytes));
          expect(Buffer.concat(got[stream])).toEqual(sent);
        }
      }),
    );
  });

  it('passes a payload of 4 GiB on in the pieces it comes in', () => {
    const got: number[] = [];
    const decoder = new FrameDecoder((_stream, bytes) => got.push(bytes.length));
    decoder.push(Buffer.from([STDOUT, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]));
    for (let piece = 0; piece < 3; piece += 1) decoder.push(Buffer.alloc(10));
    expect(got).toEqual([10, 10, 10]);
  });

  it('refuses a stream that there is not', () => {
    expect(() => new FrameDecoder(() => {}).push(frame(3, Buffer.from('x')))).toThrow();
  });
});

describe('LineSplitter', () => {
  const line = fc.string({ maxLength: 30 }).map((text) => text.replaceAll('\n', ' '));

  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(line), sizes, (lines, pieces) => {
        const got: string[] = [];
        const splitter = new LineSplitter(200, 'refuse', (bytes) => got.push(bytes.toString()));
        for (const piece of cut(Buffer.from(lines.map((text) => `${text}\n`).join('')), pieces))
          expect(splitter.push(piece)).toBe(true);
        expect(got).toEqual(lines);
      }),
    );
  });

  it('refuses a line that is too long, whether or not it ever ends, and then everything', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        sizes,
        (max, over, ends, pieces) => {
          const got: string[] = [];
          const splitter = new LineSplitter(max, 'refuse', (bytes) => got.push(bytes.toString()));
          const bytes = Buffer.from(`${'a'.repeat(max)}\n${'b'.repeat(max + over)}${ends ? '\nc\n' : ''}`);
          const answers = cut(bytes, pieces).map((piece) => splitter.push(piece));
          expect(answers.at(-1)).toBe(false);
          expect(got).toEqual(['a'.repeat(max)]);
        },
      ),
    );
  });

  it('cuts a line that is too long, and takes the next one whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }), sizes, (max, over, pieces) => {
        const got: string[] = [];
        const splitter = new LineSplitter(max, 'cut', (bytes) => got.push(bytes.toString()));
        for (const piece of cut(Buffer.from(`${'a'.repeat(max + over)}\nb\n`), pieces)) splitter.push(piece);
        expect(got).toEqual(['a'.repeat(max), 'b']);
      }),
    );
  });

  it('takes a line of a million single bytes without a buffer for each', () => {
    let length = 0;
    const splitter = new LineSplitter(2_000_000, 'refuse', (bytes) => {
      length = bytes.length;
    });
    const byte = Buffer.from('x');
    for (let at = 0; at < 1_000_000; at += 1) splitter.push(byte);
    splitter.push(Buffer.from('\n'));
    expect(length).toBe(1_000_000);
  });

  it('cuts no more of what is at hand once nobody wants it', () => {
    const got: string[] = [];
    const splitter = new LineSplitter(10, 'refuse', (bytes) => got.push(bytes.toString()) < 2);
    expect(splitter.push(Buffer.from('a\nb\nc\nd'))).toBe(true);
    expect(got).toEqual(['a', 'b']);
    splitter.push(Buffer.from('e\nf\n'));
    expect(got).toEqual(['a', 'b', 'e']);
  });
});
