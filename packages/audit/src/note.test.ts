import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
import { parseVerifierKey, signNote, verifierKey, verifyNote } from './note.js';
import { leafHash } from './tree.js';

const coded = (code: string) => expect.objectContaining({ code });

// The vector of the reference implementation, golang.org/x/mod/sumdb/note.
const NEUMANN = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NEUMANN_SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const SIGNATURE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const NOTE = `${TEXT}\n${SIGNATURE}`;

/** An Ed25519 private key of its 32-byte seed, in PKCS #8 (RFC 8410). */
const fromSeed = (seed: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });

const key = () => generateKeyPairSync('ed25519').privateKey;

describe('the reference note', () => {
  it('is signed to the same bytes', () => {
    expect(signNote(TEXT, { name: 'PeterNeumann', privateKey: fromSeed(NEUMANN_SEED) })).toBe(NOTE);
    expect(verifierKey('PeterNeumann', fromSeed(NEUMANN_SEED))).toBe(NEUMANN);
  });

  it('verifies', () => {
    const { body, signedBy } = verifyNote(NOTE, [NEUMANN]);
    expect(body).toBe(TEXT);
    expect(signedBy.map(({ name, id }) => `${name}+${id}`)).toEqual(['PeterNeumann+c74f20a3']);
  });

  it('verifies no longer after any change of its text', () => {
    fc.assert(
      fc.property(
        fc.nat(TEXT.length - 2),
        fc.string({ unit: fc.constantFrom(...'abc xyzZ9'), minLength: 1, maxLength: 1 }),
        (at, character) => {
          fc.pre(TEXT[at] !== character);
          expect(() =>
            verifyNote(`${TEXT.slice(0, at)}${character}${TEXT.slice(at + 1)}\n${SIGNATURE}`, [NEUMANN]),
          ).toThrowError(coded('signature_invalid'));
        },
      ),
    );
  });

  it('verifies no longer after any change of its signature line', () => {
    fc.assert(
      fc.property(fc.nat(SIGNATURE.length - 2), fc.constantFrom(...'AZaz09+/= \n'), (at, character) => {
        fc.pre(SIGNATURE[at] !== character);
        const spoilt = `${SIGNATURE.slice(0, at)}${character}${SIGNATURE.slice(at + 1)}`;
        expect(() => verifyNote(`${TEXT}\n${spoilt}`, [NEUMANN])).toThrowError();
      }),
    );
  });
});

describe('verifyNote', () => {
  const signer = { name: 'paddock.test/log', privateKey: key() };
  const trusted = verifierKey(signer.name, signer.privateKey);

  it('gives back any text that was signed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.constant('\n'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })) }),
        (text) => {
          fc.pre(
            Array.from(text).every((character) => character >= ' ' || character === '\n') &&
              !/\p{Surrogate}/u.test(text),
          );
          expect(verifyNote(signNote(`${text}\n`, signer), [trusted]).body).toBe(`${text}\n`);
        },
      ),
    );
  });

  it('ignores the signatures of unknown keys, even with a known name', () => {
    const other = signNote(TEXT, { name: signer.name, privateKey: key() }).split('\n\n')[1] as string;
    expect(verifyNote(signNote(TEXT, signer) + other, [trusted]).signedBy).toHaveLength(1);
    expect(() => verifyNote(`${TEXT}\n${other}`, [trusted])).toThrowError(coded('signature_missing'));
    expect(() => verifyNote(signNote(TEXT, signer), [])).toThrowError(coded('signature_missing'));
  });

  it('refuses the whole note for one bad signature of a trusted key', () => {
    const good = signNote(TEXT, signer);
    const bad = signNote('Another text.\n', signer).split('\n\n')[1] as string;
    expect(() => verifyNote(good + bad, [trusted])).toThrowError(coded('signature_invalid'));
  });

  it.each([
    ['no signature', TEXT],
    ['an empty signature block', `${TEXT}\n`],
    ['a carriage return', NOTE.replace('\n', '\r\n')],
    ['no last newline', NOTE.slice(0, -1)],
    ['a hyphen for the dash', NOTE.replace('—', '-')],
    ['base64 of another spelling', NOTE.replace('M=\n', 'N=\n')],
    ['too many signatures', NOTE + SIGNATURE.repeat(16)],
    ['too many bytes', 'x'.repeat(70_000) + NOTE],
  ])('refuses a note with %s', (_, note) => {
    expect(() => verifyNote(note, [NEUMANN])).toThrowError(coded('note_malformed'));
  });

  it.each([
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    'PeterNeumann+c74f20a3',
    '',
  ])('refuses the key %j', (text) => {
    expect(() => parseVerifierKey(text)).toThrowError(coded('key_malformed'));
    expect(() => verifyNote(NOTE, [text])).toThrowError(coded('key_malformed'));
  });

  it('takes Ed25519 alone, and names without spaces or plus', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => verifierKey('name', privateKey)).toThrowError(coded('key_malformed'));
    for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u00a0b']) {
      expect(() => signNote(TEXT, { name, privateKey: signer.privateKey })).toThrowError(coded('key_malformed'));
    }
  });
});

describe('checkpoints', () => {
  const root = leafHash(Buffer.from('leaf'));
  const origin = 'paddock.test/audit';

  it('are written and read back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, hash) => {
        const read = parseCheckpoint(formatCheckpoint({ origin, size, root: hash }));
        expect(read).toEqual({ origin, size, root: Buffer.from(hash) });
      }),
    );
  });

  it('have the form of the standard', () => {
    const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    expect(parseCheckpoint(body)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 });
    expect(formatCheckpoint(parseCheckpoint(body))).toBe(body);
  });

  it.each([
    '',
    '\n',
    'o\n1\n',
    'o\n01\n@\n',
    'o\n-1\n@\n',
    'o\n1e3\n@\n',
    'o\n1\n@',
    '\n1\n@\n',
    'o\n1\nAAAA\n',
    'o\n9007199254740993\n@\n',
    'o\n1\n@\n\nx\n',
  ])('are refused as %j', (form) => {
    const body = form.replace('@', Buffer.from(root).toString('base64'));
    expect(() => parseCheckpoint(body)).toThrowError(coded('checkpoint_malformed'));
  });

  it('must be of the log whose key signed them', () => {
    const privateKey = key();
    const note = signNote(formatCheckpoint({ origin: 'paddock.test/other', size: 1, root }), {
      name: origin,
      privateKey,
    });
    expect(() => openCheckpoint(note, verifierKey(origin, privateKey))).toThrowError(coded('checkpoint_malformed'));
  });
});
