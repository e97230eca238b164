/** What can be said of the code without running it: types, form, mistakes, and who imports whom. */
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { dotPaddock, repositoryRoot } from './folders.js';
import { output } from './processes.js';
import type { Progress } from './progress.js';

interface Check {
  readonly title: string;
  /** The arguments of Node. */
  readonly args: () => Promise<readonly string[]>;
}

const FOLDERS = ['packages', 'apps', 'infra', 'test'];

const CHECKS: readonly Check[] = [
  { title: 'Types (tsc)', args: async () => [await script('typescript', 'tsc'), '-b'] },
  {
    title: 'Form and lint (biome)',
    args: async () => [await script('@biomejs/biome', 'biome'), 'check', '--max-diagnostics=50', '--colors=off', '.'],
  },
  {
    title: 'Lint with types (oxlint)',
    args: async () => [await script('oxlint', 'oxlint'), '--type-aware', '--quiet'],
  },
  { title: 'Imports (dependency-cruiser)', args: () => cruiserArguments() },
  {
    title: 'Generated files (the client)',
    args: async () => [path.join(repositoryRoot(), 'packages/client/generate.mjs'), '--check'],
  },
];

/**
 * Runs every check, one after the other: each uses all cores by itself.
 * @returns how many failed; what each of those said has been printed
 */
export async function runChecks(progress: Progress, signal?: AbortSignal): Promise<number> {
  let failed = 0;
  for (const { title, args } of CHECKS) {
    signal?.throwIfAborted();
    const step = progress.step(title);
    const result = await output(process.execPath, await args(), { cwd: repositoryRoot() });
    if (result.code === 0) {
      step.done();
    } else {
      failed++;
      step.fail();
      progress.print(result.text.trimEnd());
    }
  }
  return failed;
}

/** The script behind a program of node_modules/.bin, to run with this very Node. */
async function script(name: string, program: string): Promise<string> {
  const manifest = createRequire(path.join(repositoryRoot(), 'package.json')).resolve(`${name}/package.json`);
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: string | Record<string, string> };
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : (bin[program] ?? ''));
}

/**
 * dependency-cruiser reads TypeScript with a compiler older than ours, which the client's generator has. It finds it
 * beside itself in a folder of links, where each looks for the other before it looks at the checkout's own.
 * @param folders relative to the working folder of the Node that is given these arguments
 */
export async function cruiserArguments(folders: readonly string[] = FOLDERS): Promise<readonly string[]> {
  const root = repositoryRoot();
  const modules = path.join(dotPaddock(), 'cruiser/node_modules');
  await mkdir(modules, { recursive: true });
  const older = createRequire(path.join(root, 'packages/client/package.json')).resolve('typescript/package.json');
  await link(path.dirname(older), path.join(modules, 'typescript'));
  await link(path.join(root, 'node_modules/dependency-cruiser'), path.join(modules, 'dependency-cruiser'));
  return [
    ...['--preserve-symlinks', '--preserve-symlinks-main'],
    path.join(modules, 'dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'err'],
    ...folders,
  ];
}

async function link(target: string, at: string): Promise<void> {
  await rm(at, { force: true });
  await symlink(target, at);
}
