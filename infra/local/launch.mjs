/**
 * From a fresh clone to a running command: install what package-lock.json says, build, run. Each is skipped when nothing
 * has changed. It has no dependencies, since there may be none yet.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { withLock } from './locks.mjs';
import { ROOT, runQuietly, showStep } from './quietly.mjs';

const PARENT_POLL_MS = 500;
const COMMANDS = ['demo', 'test', 'stack', 'bench', 'check'];

/**
 * @param {string} node the Node to run everything with
 * @param {string[]} words the command and its arguments
 */
export async function launch(node, [command, ...args]) {
  const file = path.join(ROOT, 'infra/dist/local', `${command}.js`);
  if (command === undefined || !COMMANDS.includes(command)) {
    console.error(`Usage: node infra/local/run.mjs ${COMMANDS.join('|')} [arguments]`);
    process.exit(2);
  }
  // Programs with "#!/usr/bin/env node" must get this Node, and not the sandboxes' runtime in node_modules/.bin.
  const bins = (process.env.PATH ?? '').split(path.delimiter);
  const env = {
    ...process.env,
    PATH: [path.dirname(node), ...bins.filter((bin) => !inCheckout(bin))].join(path.delimiter),
  };
  try {
    await withLock(
      `prepare ${ROOT}`,
      async () => {
        await install(node, env);
        await build(node, env);
      },
      () => console.log('Another command of this checkout installs or builds: waiting for it.'),
    );
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  if (!existsSync(file)) {
    console.error(`There is no command ${command} yet: ${path.relative(ROOT, file)} was not built.`);
    process.exit(2);
  }
  handOver(spawn(node, ['--enable-source-maps', file, ...args], { stdio: 'inherit', env }));
}

/** @param {string} folder */
const inCheckout = (folder) =>
  folder.includes(`${path.sep}node_modules${path.sep}.bin`) || folder.includes('node-gyp-bin');

/**
 * Lets the command answer signals, and ends as it does.
 * @param {import('node:child_process').ChildProcess} child
 */
function handOver(child) {
  // npm dies of a signal without passing it on to its script: then its end is the signal.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      child.kill('SIGTERM');
    }, PARENT_POLL_MS).unref();
  }
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, () => child.kill(name));
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function install(node, env) {
  if (isInstalled()) return;
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm === undefined ? ['npm'] : [node, npm];
  // Told by name where it stands: a command run by npm gives its own idea of it to every npm that it runs.
  const clean = Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(?:config_)?(?:local_prefix|package|lifecycle)/i.test(name)),
  );
  const run = (/** @type {string[]} */ ...words) =>
    runQuietly(command, [...args, ...words, '--no-audit', '--no-fund', '--loglevel=error'], { env: clean });
  await showStep('Installing packages (npm ci)', async () => {
    try {
      await run('ci');
    } catch (error) {
      if (!lacksOnlyOtherPlatforms(String(error))) throw error;
      await run('install', '--no-save'); // The same versions, checked against the same hashes.
    }
  });
}

/**
 * Whether `npm ci` refused only because package-lock.json names no build for some other platforms, as one does that was
 * written beside a registry without them. Anything else that is missing or different stays an error.
 * @param {string} message what npm wrote
 */
function lacksOnlyOtherPlatforms(message) {
  const optional = new Set(
    Object.values(packages('package-lock.json')).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {})),
  );
  const missing = [...message.matchAll(/^npm error Missing: (@?[^@\s]+)@/gm)].map((match) => match[1]);
  return !/^npm error Invalid:/m.test(message) && missing.length > 0 && missing.every((name) => optional.has(name));
}

/**
 * Whether node_modules is what package-lock.json says. npm keeps what it installed in a lock file of its own, which it
 * writes last. A package for another system may be missing, and one too many does no harm: an installation is only worth
 * its minutes when something would not run, or would run in another version.
 */
function isInstalled() {
  try {
    const wanted = packages('package-lock.json');
    const found = packages('node_modules/.package-lock.json');
    return Object.entries(wanted).every(([name, want]) => {
      if (!name.includes('node_modules/')) return true; // A workspace, or the root itself.
      const have = found[name];
      if (have === undefined) return want.optional === true || want.peer === true;
      return want.version === have.version && want.link === have.link;
    });
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, link?: boolean, optional?: boolean, peer?: boolean, optionalDependencies?: Record<string, string> }>}
 */
const packages = (file) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')).packages;
