/** The sandboxes' images, made as soon as an engine answers. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RuntimeImages } from '@paddock/sandbox';
import { ensureRuntimeImages } from '../../runtimes/images.js';
import { dotPaddock } from '../folders.js';
import type { Progress } from '../progress.js';
import { dockerAt } from './docker.js';

/** Makes sure that the engine has the runtimes' images, answers their ids, and notes them for `paddock dev` and `pack --npm`. */
export async function sandboxImages(progress: Progress, dockerHost: string): Promise<RuntimeImages> {
  const images = await progress.run(
    'Sandbox images',
    (step) => ensureRuntimeImages(dockerAt(dockerHost), step.update),
    (made) => Object.keys(made).join(', '),
  );
  await mkdir(dotPaddock(), { recursive: true });
  const part = path.join(dotPaddock(), `runtimes.json.${process.pid}`);
  await writeFile(part, `${JSON.stringify(images, null, 2)}\n`);
  await rename(part, path.join(dotPaddock(), 'runtimes.json'));
  return images;
}
