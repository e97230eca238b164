/** Keeps private keys out of bundles: whoever installs one could sign as its publisher. */
import type { PackInput } from '@paddock/bundle';
import { CliError } from '../errors.js';

/** A PEM block's first line with something of its content, as a file or within a string. Code that only names the line passes. */
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]|["'`+,])*(?:[A-Za-z0-9+/]{24}|Proc-Type:|Version:)/;

/** @throws CliError `private_key_in_folder` naming the first file that holds one. */
export function refusePrivateKeys(files: readonly PackInput[]): void {
  // latin1 gives each byte one character, whatever the file holds.
  const found = files.find(({ data }) =>
    PRIVATE_KEY.test(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1')),
  );
  if (found !== undefined) {
    throw new CliError(
      'private_key_in_folder',
      `${found.path} holds a private key. A bundle is public: keep keys elsewhere.`,
    );
  }
}
