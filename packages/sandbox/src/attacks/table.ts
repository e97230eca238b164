/**
 * What every attempt of ../../attacks/attempts.c must come to: a pure table, committed, so that a control that changes
 * shows here as a difference that somebody has to agree with.
 */
import type { IsolationLevel } from '@paddock/contracts';

/** Attempts with one aim, by what they must come to. */
export interface AttackGroup {
  aim: string;
  /**
   * Outcome → names of attempts, separated by spaces. An outcome is `ok`, an errno's or signal's name, or `empty`. Several
   * with `|` between them are equally good: the kernel's configuration decides, or cgroup v1 or v2, or which of several
   * controls comes first, such as Landlock where the kernel has it.
   */
  outcomes: Readonly<Record<string, string>>;
}

/** In the order in which they are tried. EPERM and ENOSYS are the seccomp profile's, mostly; SIGSYS its foreign architectures. */
export const ATTACKS: readonly AttackGroup[] = [
  {
    aim: 'run code in the kernel',
    outcomes: {
      EPERM: `init_module finit_module delete_module create_module kexec_load kexec_file_load bpf perf_event_open
        userfaultfd fanotify_init lookup_dcookie modify_ldt iopl ioperm vmsplice splice tee seccomp prctl_set_mm
        prctl_set_seccomp prctl_speculation`,
      ENOSYS: 'io_uring_setup io_uring_enter io_uring_register no_such_call',
    },
  },
  {
    aim: 'enter or make namespaces and mounts',
    outcomes: {
      EPERM: `mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick move_mount open_tree mount_setattr setns
        unshare_nothing unshare_user unshare_mount unshare_net clone_new_user clone_new_net clone_new_cgroup`,
      'EPERM|EACCES': 'write_uid_map',
      ENOSYS: 'clone3',
    },
  },
  {
    aim: 'gain privileges or widen limits',
    outcomes: {
      EPERM: `setuid setgid setreuid setresuid setresgid setfsuid setgroups capset prctl_ambient prctl_keep_caps
        prctl_securebits personality add_key request_key keyctl open_by_handle_at name_to_handle_at mknod mknodat
        mknod_fifo setxattr raise_open_files raise_file_size raise_core_size`,
      EACCES: 'lower_oom_score',
    },
  },
  {
    aim: 'reach into other processes',
    outcomes: {
      EPERM: `ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd kcmp migrate_pages move_pages
        sched_setscheduler sched_setattr ioprio_set`,
      EBADF: 'inherited_file',
      EACCES: 'write_first_process',
      ESRCH: 'kill_outside',
    },
  },
  {
    aim: 'share memory or queues with others',
    outcomes: {
      EPERM: 'shmget shmat shmctl semget semop msgget msgsnd mq_open mq_unlink memfd_create memfd_secret',
      ENOENT: 'posix_shared_memory',
      EROFS: 'posix_message_queue',
    },
  },
  {
    aim: 'use up what all sandboxes have together',
    outcomes: { ENOSYS: 'inotify_init inotify_init1', EPERM: 'inotify_add_watch' },
  },
  {
    aim: 'change the machine',
    outcomes: {
      EPERM: `reboot settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname syslog acct swapon
        swapoff quotactl vhangup mbind set_mempolicy get_mempolicy ustat sysfs uselib _sysctl nfsservctl
        terminal_input terminal_linux interfaces_by_ioctl`,
    },
  },
  {
    aim: 'open a socket to anywhere',
    outcomes: {
      EPERM: `inet_tcp inet_udp inet_ping inet_raw inet_mptcp inet_sctp inet6_tcp inet6_udp inet6_raw packet
        netlink_route netlink_xfrm netlink_audit netlink_netfilter netlink_uevent alg vsock bluetooth can key pppox tipc
        rds smc xdp qipcrtr no_such_family pair_of_tipc`,
      ENOENT: 'docker_socket docker_socket_in_run containerd_socket systemd_socket',
      ECONNREFUSED: 'abstract_socket',
    },
  },
  {
    aim: 'go round the filter by another call interface',
    outcomes: {
      // A kernel without 32-bit emulation has no such gate at all.
      'SIGSYS|SIGSEGV': 'int80_getpid int80_socketcall int80_socket int80_mount int80_ptrace',
      SIGSYS: 'x32_getpid x32_socket x32_ptrace',
    },
  },
  {
    aim: 'read files and devices of the host',
    outcomes: {
      ENOENT: `shadow shadow_by_link root_home homes var shell service_account disk virtual_disk physical_memory
        kernel_log_device kvm fuse tun`,
      EACCES: 'shadow_by_root first_environment',
    },
  },
  {
    aim: 'read what the kernel knows',
    outcomes: {
      'empty|ENOENT': `kcore kallsyms keys timer_list sched_debug interrupts diskstats kernel_command_line
        kernel_configuration acpi scsi asound pressure power_meters`,
      'EACCES|ENOENT': 'kmsg slabinfo kpagecount',
      'empty|EACCES|ENOENT': 'debugfs tracefs firmware bpffs',
    },
  },
  {
    aim: 'write outside of /tmp, or execute in it',
    outcomes: {
      EROFS: 'write_root write_plugin write_input write_etc write_usr write_sys',
      EACCES: `write_dev write_passwd write_own_program write_core_pattern write_drop_caches write_irq_affinity
        execute_in_tmp`,
      EXDEV: 'link_plugin',
      'EACCES|ENOENT': `write_modprobe write_sysrq write_uevent_helper write_memory_limit write_memory_max
        write_release_agent write_cgroup_members`,
      'EROFS|EACCES|ENOENT': 'write_power_state make_cgroup',
    },
  },
  {
    // A sandbox that refused everything would hold every attack, and run no plugin.
    aim: 'do what every plugin does',
    outcomes: { ok: 'unix_socket unix_pair write_tmp fork map_memory read_clock read_random read_own_status' },
  },
];

/**
 * Where gVisor differs: its own kernel answers, and none of what it lets through reaches the host's. Its filter knows no
 * ENOSYS. It takes `int 0x80` for a call of the 64-bit table, by the same number; files, devices, watches and scores
 * are the sandbox's alone.
 */
const ON_GVISOR: Readonly<Record<string, string>> = {
  io_uring_setup: 'EFAULT',
  io_uring_enter: 'EPERM',
  no_such_call: 'EPERM',
  lower_oom_score: 'ok',
  posix_shared_memory: 'EACCES',
  posix_message_queue: 'ENOENT',
  inotify_init: 'ok',
  inotify_init1: 'ok',
  int80_getpid: 'EBADF',
  int80_socketcall: 'ok',
  int80_socket: 'EPERM',
  int80_mount: 'EFAULT',
  int80_ptrace: 'EINVAL',
  x32_getpid: 'EPERM',
  x32_socket: 'EPERM',
  x32_ptrace: 'EPERM',
  fuse: 'EPERM',
  tun: 'EBADFD',
  first_environment: 'ok',
  kernel_command_line: 'ok',
  write_root: 'EACCES',
  write_plugin: 'EACCES',
  write_input: 'EACCES',
  write_etc: 'EACCES',
  write_usr: 'EACCES',
  write_sys: 'EACCES',
  write_core_pattern: 'ENOENT',
  write_drop_caches: 'ENOENT',
  write_irq_affinity: 'ENOENT',
};

/** Where a level differs from L1, by the attempt's name. */
const ELSEWHERE: Partial<Record<IsolationLevel, Readonly<Record<string, string>>>> = { L3: ON_GVISOR };

/** One row: an attempt and what it may come to. */
export interface AttackRow {
  aim: string;
  name: string;
  expected: readonly string[];
}

/** The table's rows at a level. */
export function attackRows(level: IsolationLevel): AttackRow[] {
  return ATTACKS.flatMap(({ aim, outcomes }) =>
    Object.entries(outcomes).flatMap(([outcome, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => ({ aim, name, expected: (ELSEWHERE[level]?.[name] ?? outcome).split('|') })),
    ),
  );
}
