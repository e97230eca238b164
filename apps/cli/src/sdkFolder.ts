/** Where the SDKs stand that came with this command. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of an SDK's sources; they stand beside each other. */
export function sdkFolder(language: 'python' | 'go'): string {
  const main = createRequire(import.meta.url).resolve('@paddock/plugin-sdk');
  return join(dirname(main), '../..', language);
}
