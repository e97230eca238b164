/** The images of all runtimes that this machine can make. */
import type { RuntimeImages } from '@paddock/sandbox';
import type Docker from 'dockerode';
import { ENTRY_PATH, entryProgram } from './entry/entry.js';
import { ensureImage, type ImageContents } from './image.js';
import { nativeContents } from './native.js';
import { nodeContents } from './node.js';
import { findPython, pythonContents } from './python.js';

/**
 * Makes sure that the engine has them, and answers their ids. `python` is left out on a host without Python 3.11 or newer.
 * @throws Error as {@link ensureImage} and the runtimes' contents do.
 */
export async function ensureRuntimeImages(docker: Docker, log?: (line: string) => void): Promise<RuntimeImages> {
  const entry = { path: ENTRY_PATH, mode: 0o755, content: await entryProgram() } as const;
  const ensure = (contents: ImageContents) =>
    ensureImage(docker, { ...contents, files: [entry, ...contents.files] }, log);
  const python = await findPython();
  const [node, native, pythonImage] = await Promise.all([
    nodeContents().then(ensure),
    ensure(nativeContents),
    python && pythonContents(python).then(ensure),
  ]);
  return { node, native, ...(pythonImage === undefined ? {} : { python: pythonImage }) };
}
