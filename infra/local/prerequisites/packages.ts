/**
 * Programs that come from the system's packages: what is missing, and installing it with apt-get where we may.
 * It starts no service and changes no configuration.
 */
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { HelpfulError } from '../command.js';
import { withLock } from '../locks.js';
import { findProgram, output } from '../processes.js';
import type { Progress, Step } from '../progress.js';

/** A program that a prerequisite needs, and the packages of Debian that hold it. */
export interface Wanted {
  /** What people call it. */
  readonly program: string;
  readonly packages: readonly string[];
  /** What somebody can do who may not, or does not want to, install packages. */
  readonly otherwise: string;
  /** Commands go on without it, and this says what is missing then. Without this, they don't. */
  readonly without?: string;
}

const POLICY = '/usr/sbin/policy-rc.d';
const POLICY_TEXT =
  '#!/bin/sh\n# Written for a moment by Paddock: packages that it installs start no services.\nexit 101\n';

/** Ubuntu's chromium package is a shell around a snap, which a machine without snapd can't run. */
const NOT_ON_UBUNTU: readonly string[] = ['chromium'];

function distribution(): { debian: boolean; ubuntu: boolean } {
  let text = '';
  try {
    text = readFileSync('/etc/os-release', 'utf8');
  } catch {
    // A system without this file is none that we can install on.
  }
  const ids = [...text.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].flatMap((match) => (match[1] ?? '').split(' '));
  return { debian: ids.includes('debian') || ids.includes('ubuntu'), ubuntu: ids.includes('ubuntu') };
}

/**
 * Installs what is wanted, all in one go.
 * @param stillWanted asked again once it is our turn, because another command may have installed it meanwhile
 * @throws HelpfulError with the command to run, when we can't install here or it fails
 */
export async function installPackages(progress: Progress, stillWanted: () => Promise<Wanted[]>): Promise<void> {
  const needed = async () => (await stillWanted()).filter(({ without }) => without === undefined);
  await installAll(progress, needed);
  for (const { program, without } of await stillWanted()) {
    const alone = async () => (await stillWanted()).filter((wanted) => wanted.program === program);
    await installAll(progress, alone).catch((error: unknown) => {
      if (!(error instanceof HelpfulError)) throw error;
      progress.print(`${error.message}\n${without}`);
    });
  }
}

async function installAll(progress: Progress, stillWanted: () => Promise<Wanted[]>): Promise<void> {
  const first = await stillWanted();
  if (first.length === 0) return;
  refuseUnlessInstallable(first);
  const title = `Installing ${first.map(({ program }) => program).join(', ')}`;
  await progress.run(title, (step) =>
    withLock(
      'packages',
      async () => {
        const wanted = await stillWanted();
        if (wanted.length > 0) await withoutServices(() => install(wanted, step));
      },
      () => step.update('waits for another command’s installation'),
    ),
  );
}

function refuseUnlessInstallable(wanted: readonly Wanted[]): void {
  const { debian, ubuntu } = distribution();
  const root = process.getuid?.() === 0;
  const refused = wanted.filter(
    ({ packages }) => !root || !debian || (ubuntu && packages.some((name) => NOT_ON_UBUNTU.includes(name))),
  );
  if (refused.length === 0 && findProgram('apt-get') !== undefined) return;
  const lines = refused.map(({ program, packages, otherwise }) => {
    const ours = debian && !(ubuntu && packages.some((name) => NOT_ON_UBUNTU.includes(name)));
    const command = `sudo apt-get install --no-install-recommends ${packages.join(' ')}`;
    return `${program} is missing: ${ours ? `run "${command}", or ` : ''}${otherwise}.`;
  });
  throw new HelpfulError(lines.join('\n'));
}

async function install(wanted: readonly Wanted[], step: Step): Promise<void> {
  const names = [...new Set(wanted.flatMap(({ packages }) => packages))];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  // detached: Ctrl-C must not end dpkg halfway.
  const apt = async (detail: string, ...args: string[]) => {
    step.update(detail);
    const result = await output('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env, detached: true });
    return { ok: result.code === 0, text: result.text.trimEnd().split('\n').slice(-12).join('\n') };
  };
  // The lists may be old, or absent as in a container's image; if they can't be fetched, what is there may still do.
  const update = await apt('apt-get update', 'update', '-qq');
  const command = ['install', '--yes', '-qq', '--no-install-recommends', ...names];
  const installed = await apt(`apt-get install ${names.join(' ')}`, ...command);
  if (!installed.ok) {
    throw new HelpfulError(
      `apt-get ${command.join(' ')} failed:\n${installed.text}${update.ok ? '' : `\napt-get update had failed:\n${update.text}`}\n` +
        wanted.map(({ program, otherwise }) => `Without ${program}: ${otherwise}.`).join('\n'),
    );
  }
}

/** Debian starts a package's service as it installs it, unless this file says no. One that is there is left as it is. */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return work();
  await writeFile(POLICY, POLICY_TEXT, { mode: 0o755, flag: 'wx' });
  try {
    await work();
  } finally {
    await rm(POLICY, { force: true });
  }
}
