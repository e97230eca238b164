/** The registry's public keys, for anybody: with them, what it countersigned can be checked without asking it. */
import { registryKeysDocument } from '@paddock/bundle';
import { readRegistryKeys } from '@paddock/bundle/read';
import type { RequestHandler } from 'express';

/** How long others may keep them, in seconds. A new key is to stand there for longer than that before it signs. */
const MAX_AGE = 300;

export function registryKeys(file: string): RequestHandler {
  return async (_request, response) => {
    const document = registryKeysDocument(await readRegistryKeys(file));
    response.set('Cache-Control', `public, max-age=${MAX_AGE}`).json(document);
  };
}
