/**
 * Builds everything that a command runs: the database's client, all of TypeScript, the console. Each part is skipped when
 * its sources have not changed. `npm run build` runs this file; the commands build by themselves.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, runQuietly, showStep } from './quietly.mjs';

const require = createRequire(import.meta.url);
const CLIENT = 'packages/db/src/generated';
const CONSOLE = 'apps/console';
/** Each begins with its `main.ts`. */
const PROGRAMS = ['api', 'cli', 'controller', 'executor', 'verifier'];

/**
 * @param {string} node the Node to build with
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>} rejects with what the compiler said
 */
export async function build(node, env) {
  await whenChanged('prisma', ['prisma/schema.prisma', 'node_modules/prisma/package.json'], `${CLIENT}/client.ts`, () =>
    showStep('Generating the database client', () =>
      // The engine's binary is needed to author migrations only. Prisma fetches it from a host that can't always be reached,
      // unless it is told that there is one.
      runQuietly(node, [bin('prisma', 'prisma'), 'generate', '--no-hints'], {
        env: {
          ...env,
          PRISMA_SCHEMA_ENGINE_BINARY: '/bin/false',
          CHECKPOINT_DISABLE: '1',
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
        },
      }),
    ),
  );
  // The compiler knows best what has changed, and says so in a second.
  await showStep('Compiling', () => runQuietly(node, [bin('typescript', 'tsc'), '-b'], { env }));
  const bundled = ['apps', 'packages', 'infra/local/build.mjs', 'node_modules/.package-lock.json'];
  await whenChanged('programs', bundled, `apps/${PROGRAMS.at(-1)}/dist/program/main.js`, () =>
    showStep('Bundling the programs', () => Promise.all(PROGRAMS.map(bundleProgram))),
  );
  if (existsSync(path.join(ROOT, CONSOLE, 'vite.config.ts'))) {
    const sources = [
      CONSOLE,
      'packages/client/src',
      'packages/contracts/src',
      'packages/bundle/src',
      'node_modules/.package-lock.json',
    ];
    await whenChanged('console', sources, `${CONSOLE}/dist/index.html`, () =>
      showStep('Building the console', () =>
        runQuietly(node, [bin('vite', 'vite'), 'build', '--logLevel', 'warn'], { env, cwd: path.join(ROOT, CONSOLE) }),
      ),
    );
  }
}

/**
 * Makes a program a few files: a thousand modules would take seconds to load, at each start.
 * @param {string} name
 */
async function bundleProgram(name) {
  const { build: bundle } = require(require.resolve('esbuild', { paths: [path.join(ROOT, 'apps/cli')] }));
  const folder = path.join(ROOT, 'apps', name);
  const { metafile } = await bundle({
    absWorkingDir: folder,
    entryPoints: ['dist/main.js'],
    outdir: 'dist/program',
    bundle: true,
    splitting: true,
    metafile: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Esbuild finds its program, and plugins the SDK, by their places in node_modules; the rest are parts that nobody installs.
    external: ['esbuild', '@paddock/plugin-sdk', 'cpu-features', 'pg-native', '*.node'],
    // What is CommonJS in there asks for what modules don't have.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;",
    },
    logLevel: 'error',
  });
  // Their names change with their contents.
  const written = path.join(folder, 'dist/program');
  for (const file of readdirSync(written))
    if (!(`dist/program/${file}` in metafile.outputs)) rmSync(path.join(written, file));
}

/**
 * The script behind a program of node_modules/.bin, to be run with the Node of our choice.
 * @param {string} name
 * @param {string} program
 */
function bin(name, program) {
  const manifest = require.resolve(`${name}/package.json`, { paths: [ROOT, path.join(ROOT, CONSOLE)] });
  const { bin: bins } = JSON.parse(readFileSync(manifest, 'utf8'));
  return path.join(path.dirname(manifest), typeof bins === 'string' ? bins : bins[program]);
}

/**
 * Runs `work` unless its sources are what they were when it last succeeded, and its result is still there.
 * @param {string} name
 * @param {string[]} sources files and folders
 * @param {string} result
 * @param {() => Promise<void>} work
 */
async function whenChanged(name, sources, result, work) {
  const marker = path.join(ROOT, '.paddock/built', name);
  const hash = createHash('sha256');
  for (const source of sources) addTo(hash, path.join(ROOT, source));
  const now = hash.digest('hex');
  const before = existsSync(marker) ? readFileSync(marker, 'utf8') : undefined;
  if (now === before && existsSync(path.join(ROOT, result))) return;
  await work();
  mkdirSync(path.dirname(marker), { recursive: true });
  writeFileSync(marker, now);
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 */
function addTo(hash, file) {
  if (!existsSync(file)) return;
  const skipped = ['node_modules', 'dist', 'dist-types'];
  try {
    for (const name of readdirSync(file).sort()) if (!skipped.includes(name)) addTo(hash, path.join(file, name));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOTDIR') throw error;
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await build(process.execPath, process.env);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
