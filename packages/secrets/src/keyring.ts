/** The keys that secrets are sealed under, as a file of the operator's has them. */
import { open } from 'node:fs/promises';
import { SecretsError } from './seal.js';

export interface Keyring {
  /** The id of the key that seals. */
  readonly newest: string;
  /** 32 bytes each, by id. */
  readonly keys: ReadonlyMap<string, Buffer>;
}

const LINE = /^([A-Za-z0-9_-]{1,64}) ([A-Za-z0-9+/]{43}=)$/;

/** @throws SecretsError `key_file_unsafe` when others than its owner may read it; `key_file_malformed` */
export async function loadKeyring(file: string): Promise<Keyring> {
  const handle = await open(file, 'r');
  try {
    const { mode } = await handle.stat();
    if ((mode & 0o077) !== 0) throw new SecretsError('key_file_unsafe', 'others than its owner may read the key file');
    return parseKeyring(await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}

/** @throws SecretsError `key_file_malformed`, which never repeats the text */
export function parseKeyring(text: string): Keyring {
  const entries = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, id, key] = LINE.exec(line) ?? [];
      if (id === undefined || key === undefined)
        throw new SecretsError('key_file_malformed', 'a line is not of the form <id> <32 bytes in base64>');
      return [id, Buffer.from(key, 'base64')] as const;
    });
  const keys = new Map(entries);
  const newest = entries[0]?.[0];
  if (newest === undefined || keys.size !== entries.length)
    throw new SecretsError('key_file_malformed', 'there is no key, or an id stands twice');
  return { newest, keys };
}
