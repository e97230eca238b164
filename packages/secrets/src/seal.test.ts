import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadKeyring, parseKeyring } from './keyring.js';
import { openSecret, sealSecret } from './seal.js';

const line = (id: string) => `${id} ${randomBytes(32).toString('base64')}\n`;
const place = { organizationId: 'org', installId: 'install', name: 'TOKEN' };
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('a sealed secret', () => {
  const keyring = parseKeyring(line('one'));

  it('opens to what it was, and looks different each time', () => {
    const value = 'Grüße \0 and more';
    const sealed = sealSecret(keyring, place, value);
    expect(openSecret(keyring, place, sealed)).toBe(value);
    expect(Buffer.from(sealed.sealed).includes('and more')).toBe(false);
    expect(sealSecret(keyring, place, value).sealed).not.toEqual(sealed.sealed);
  });

  it.each([{ organizationId: 'other' }, { installId: 'other' }, { name: 'OTHER' }])(
    'does not open elsewhere: %j',
    (change) => {
      const sealed = sealSecret(keyring, place, 'value');
      expect(() => openSecret(keyring, { ...place, ...change }, sealed)).toThrow(code('does_not_open'));
    },
  );

  it('does not open when any of its bytes was changed', () => {
    const { keyId, sealed } = sealSecret(keyring, place, 'value');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = new Uint8Array(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openSecret(keyring, place, { keyId, sealed: changed })).toThrow(code('does_not_open'));
    }
    const cut = sealed.slice(0, 20);
    expect(() => openSecret(keyring, place, { keyId, sealed: cut })).toThrow(code('does_not_open'));
  });

  it('opens after a rotation, as long as its key is there', () => {
    const old = line('old');
    const sealed = sealSecret(parseKeyring(old), place, 'value');
    const rotated = parseKeyring(line('new') + old);
    expect(openSecret(rotated, place, sealed)).toBe('value');
    expect(sealSecret(rotated, place, 'value').keyId).toBe('new');
    expect(() => openSecret(parseKeyring(line('new')), place, sealed)).toThrow(code('key_unknown'));
  });
});

describe('the key file', () => {
  it('is read only if nobody else can read it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paddock-keys-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'secrets.keys');
    await writeFile(file, line('one'), { mode: 0o600 });
    expect((await loadKeyring(file)).newest).toBe('one');
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(file, mode);
      await expect(loadKeyring(file)).rejects.toThrow(code('key_file_unsafe'));
    }
  });

  it.each(['', 'one', 'one AAAA', `${line('a').trim()} x`, line('a') + line('a')])(
    'is refused when it is %j',
    (text) => {
      expect(() => parseKeyring(text)).toThrow(code('key_file_malformed'));
    },
  );
});
