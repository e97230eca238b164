/**
 * gVisor, with which a Docker engine has isolation L3. Nothing needs it: without it, runs that ask for L3 are refused.
 */
import type Docker from 'dockerode';
import { HelpfulError } from '../command.js';
import { findProgram } from '../processes.js';
import type { Progress } from '../progress.js';
import { installPackages } from './packages.js';

/** The name under which our own engine knows it, and under which it is looked for in others. */
const RUNTIME = 'runsc';

/**
 * What a Docker engine's configuration must say of it. `ptrace` works on every kernel, within virtual machines too.
 * Without a network of its own, gVisor runs as nobody in a user namespace; and with `oci-seccomp` the plugin has our
 * seccomp profile on gVisor too.
 */
export function gvisorRuntimes(): Record<string, { path: string; runtimeArgs: string[] }> {
  const path = findProgram(RUNTIME);
  if (path === undefined) return {};
  return { [RUNTIME]: { path, runtimeArgs: ['--platform=ptrace', '--network=none', '--oci-seccomp'] } };
}

/** The name under which the engine knows gVisor, if it does. */
export async function gvisorOf(docker: Docker): Promise<string | undefined> {
  const { Runtimes = {} } = (await docker.info()) as { Runtimes?: Record<string, unknown> };
  return RUNTIME in Runtimes ? RUNTIME : undefined;
}

/** Installs it where that can be done. Where it can't, a line says so, and all goes on without. */
export async function installGvisor(progress: Progress): Promise<void> {
  const wanted = { program: 'gVisor', packages: ['runsc'], otherwise: 'it is not needed' };
  try {
    await installPackages(progress, async () => (findProgram(RUNTIME) === undefined ? [wanted] : []));
  } catch (error) {
    if (!(error instanceof HelpfulError)) throw error;
    progress.print('gVisor is missing: isolation L3 is not tried. To have it: sudo apt-get install runsc');
  }
}
