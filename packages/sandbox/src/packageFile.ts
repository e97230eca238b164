import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A file that this package brings, by its path there. It is found by the package's name, as this module may be part of a larger file. */
export const packageFile = (path: string): string =>
  join(dirname(createRequire(import.meta.url).resolve('@paddock/sandbox/package.json')), path);
