/** The plugins that do harm of every kind, from their fixtures. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Runtime } from '@paddock/contracts';
import { repositoryRoot } from '@paddock/infra';
import type { PluginSource } from './plugins.js';

const fixtures = join(repositoryRoot(), 'test/fixtures/plugins/hostile');
const attempts = join(repositoryRoot(), 'packages/sandbox/attacks/attempts.c');

/** The arsenal of a runtime as a plugin's source; programs are compiled here. */
export async function arsenalSource(runtime: Runtime): Promise<PluginSource> {
  const folder = join(fixtures, runtime === 'node' ? 'arsenal' : `arsenal-${runtime}`);
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  const { name: _, version: __, ...manifest } = JSON.parse(await text('plugin.json')) as Record<string, unknown>;
  if (runtime === 'native') return { manifest, programs: { plugin: await compiled(folder) } };
  if (runtime === 'python')
    return { manifest, files: { 'main.py': await text('main.py') }, programs: { attempts: await compiled() } };
  return {
    manifest,
    main: await text('main.mjs'),
    files: { 'acts.mjs': await text('acts.mjs') },
    programs: { attempts: await compiled() },
  };
}

/** The attempts to break out as a static program, alone or as a part of the plugin in the folder. */
async function compiled(plugin?: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-arsenal-'));
  const gcc = (...args: string[]) => promisify(execFile)('gcc', ['-std=gnu11', '-O1', '-w', ...args]);
  try {
    const [object, program] = [join(folder, 'attempts.o'), join(folder, 'program')];
    await gcc('-c', ...(plugin ? ['-Dmain=attempts'] : []), '-o', object, attempts);
    const main = plugin ? [join(plugin, 'main.c')] : [];
    await gcc('-static', '-s', '-o', program, ...main, object);
    return await readFile(program);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
