/** What to do about each control that a host lacks, in a sentence for whoever operates it. */
import type { IsolationControl } from './controls.js';

const CGROUPS =
  'Have the kernel’s cgroup controllers memory, cpu and pids (on cgroup v1 with swap accounting, boot option swapaccount=1), and run this where /sys/fs/cgroup is the engine’s.';
const SECCOMP =
  'Use an engine whose runtime has seccomp (docker info names it under Security Options), and our profile infra/seccomp.json.';
const OURS =
  'Nothing of the host should be able to undo this: look at the engine’s runtime and its authorization plugins.';
const GVISOR =
  'Register gVisor with the engine: {"runtimes": {"runsc": {"path": "/usr/bin/runsc", "runtimeArgs": ["--platform=ptrace", "--network=none", "--oci-seccomp"]}}} in /etc/docker/daemon.json.';

const MENDING: Record<string, string> = {
  probe: 'Make the images with npm run stack -- up, and look at what the engine’s log says of the container.',
  removal: 'Look at why the engine can’t remove a container, and run this with the right to remove cgroup folders.',
  seccomp: SECCOMP,
  seccomp_forbidden_call: SECCOMP,
  seccomp_inet_stream: SECCOMP,
  seccomp_inet_datagram: SECCOMP,
  cgroup_member: CGROUPS,
  memory_limit: CGROUPS,
  no_swap: CGROUPS,
  pids_limit: CGROUPS,
  cpu_limit: CGROUPS,
  accounting: CGROUPS,
  user_namespace: 'Start the engine with "userns-remap": "default" in /etc/docker/daemon.json.',
  security_module:
    'Use a kernel with Landlock (5.13 or newer, "landlock" among the boot option lsm=), or load infra/apparmor/paddock-sandbox and set PADDOCK_APPARMOR_PROFILE, or have the engine use SELinux.',
};

/** How to mend a control that does not hold. */
export function mendingOf({ name, kernel }: Pick<IsolationControl, 'name' | 'kernel'>): string {
  return kernel === 'gvisor' ? GVISOR : (MENDING[name] ?? OURS);
}
