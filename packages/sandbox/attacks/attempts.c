/*
 * Tries to break out of a sandbox, one raw system call, socket or path at a time, and prints what each came to:
 *
 *     {"name":"bpf","outcome":"EPERM"}
 *
 * The outcome is `ok`, an errno's name, the name of the signal that ended the attempt, or `empty` for a file or folder
 * that can be opened and holds nothing. What it must be stands in src/attacks/table.ts, under the same names.
 *
 * Each attempt runs in a child of its own, so that none disturbs the next, and is harmless by construction: bad file
 * descriptors, null pointers, empty buffers. Wherever possible the arguments are such that a kernel which is reached
 * answers something else (EFAULT, EBADF, EINVAL, success) than the filter, which answers EPERM.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
#error "the table is for x86-64"
#endif

enum { EMPTY = 254, PATIENCE_S = 5, X32 = 0x40000000 };

/* Forks. In the child answers 1; in the parent reports how the child ended and answers 0. */
static int child(const char *name) {
  pid_t pid = fork();
  if (pid == 0) {
    alarm(PATIENCE_S);
    return 1;
  }
  int status = 0;
  if (pid < 0 || waitpid(pid, &status, 0) != pid) {
    printf("{\"name\":\"%s\",\"outcome\":\"not tried\"}\n", name);
  } else if (WIFSIGNALED(status)) {
    printf("{\"name\":\"%s\",\"outcome\":\"SIG%s\"}\n", name, sigabbrev_np(WTERMSIG(status)));
  } else {
    int code = WEXITSTATUS(status);
    const char *word = code == 0 ? "ok" : code == EMPTY ? "empty" : strerrorname_np(code);
    printf("{\"name\":\"%s\",\"outcome\":\"%s\"}\n", name, word ? word : "unknown");
  }
  fflush(stdout);
  return 0;
}

static _Noreturn void end(long result) { _exit(result == -1 ? errno : (int)result); }

#define TRY(name, call) \
  do { \
    if (child(name)) end((call) == -1 ? -1 : 0); \
  } while (0)
/* The same for calls that may also answer EMPTY. */
#define LOOK(name, call) \
  do { \
    if (child(name)) end(call); \
  } while (0)
#define CALL(name, ...) TRY(#name, syscall(SYS_##name, __VA_ARGS__))

static long read_file(const char *path) {
  char byte;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return -1;
  ssize_t got = read(fd, &byte, 1);
  return got < 0 ? -1 : got == 0 ? EMPTY : 0;
}

static long list_folder(const char *path) {
  DIR *folder = opendir(path);
  if (folder == NULL) return -1;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) return 0;
  return EMPTY;
}

/* Opens for writing and writes `text`; with an empty text it is only opened. */
static long write_file(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return -1;
  return *text == '\0' ? 0 : write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

static long make_file(const char *path) { return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) < 0 ? -1 : 0; }

static long connect_unix(const char *path, size_t length) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memcpy(address.sun_path, path, length);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0) return -1;
  return connect(fd, (struct sockaddr *)&address, offsetof(struct sockaddr_un, sun_path) + length);
}

/* A system call by the 32-bit way, whose numbers and argument registers are i386's. */
static long int80(long number, long one, long two, long three) {
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(one), "c"(two), "d"(three) : "memory", "r8", "r9", "r10", "r11");
  if (result < 0 && result > -4096) {
    errno = (int)-result;
    return -1;
  }
  return result;
}

/* Copies this program to where nothing may be executed, and executes it there. */
static long execute_copy(const char *path) {
  char block[65536];
  char *nothing[] = {NULL};
  int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
  if (from < 0 || to < 0) return -1;
  for (ssize_t got; (got = read(from, block, sizeof block)) > 0;)
    if (write(to, block, (size_t)got) != got) return -1;
  close(to);
  return execve(path, nothing, nothing);
}

/* Whether any file but standard input, output and error came in open. */
static long inherited_file(void) {
  for (int fd = 3; fd < 4096; fd++)
    if (fcntl(fd, F_GETFD) != -1) return 0;
  errno = EBADF;
  return -1;
}

static long raise_limit(int resource) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return -1;
  limit.rlim_max += 1;
  return setrlimit(resource, &limit);
}

static long traversal(void) {
  if (symlink("../../../../../../etc/shadow", "/tmp/way-out") != 0) return -1;
  return read_file("/tmp/way-out");
}

static long set_capability(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {{.effective = 1u << CAP_SYS_ADMIN, .permitted = 1u << CAP_SYS_ADMIN}};
  return syscall(SYS_capset, &header, data);
}

static void kernel_code(void) {
  CALL(init_module, 0, 0, 0);
  CALL(finit_module, -1, 0, 0);
  CALL(delete_module, 0, 0);
  CALL(create_module, 0, 0);
  CALL(kexec_load, 0, 0, 0, 0);
  CALL(kexec_file_load, -1, -1, 0, 0, 0);
  CALL(bpf, -1, 0, 0);
  CALL(perf_event_open, 0, 0, -1, -1, 0);
  CALL(userfaultfd, -1);
  CALL(io_uring_setup, 1, 0);
  CALL(io_uring_enter, -1, 0, 0, 0, 0, 0);
  CALL(io_uring_register, -1, 0, 0, 0);
  CALL(fanotify_init, -1, 0);
  CALL(lookup_dcookie, 0, 0, 0);
  CALL(modify_ldt, 1, 0, 0);
  CALL(iopl, 0);
  CALL(ioperm, 0, 1, 0);
  CALL(vmsplice, -1, 0, 0, 0);
  CALL(splice, -1, 0, -1, 0, 0, 0);
  CALL(tee, -1, -1, 0, 0);
  CALL(seccomp, 0xffff, 0, 0);
  TRY("prctl_set_mm", prctl(PR_SET_MM, 0, 0, 0, 0));
  TRY("prctl_set_seccomp", prctl(PR_SET_SECCOMP, 0, 0, 0, 0));
  TRY("prctl_speculation", prctl(PR_SET_SPECULATION_CTRL, 0xffff, 0, 0, 0));
  TRY("no_such_call", syscall(4000));
}

static void other_namespaces(void) {
  CALL(mount, 0, 0, 0, 0, 0);
  CALL(umount2, 0, 0);
  CALL(pivot_root, 0, 0);
  CALL(chroot, 0);
  CALL(fsopen, 0, 0);
  CALL(fsconfig, -1, 0, 0, 0, 0);
  CALL(fsmount, -1, 0, 0);
  CALL(fspick, -1, 0, 0);
  CALL(move_mount, -1, 0, -1, 0, 0);
  CALL(open_tree, -1, 0, 0);
  CALL(mount_setattr, -1, 0, 0, 0, 0);
  CALL(setns, -1, 0);
  TRY("unshare_nothing", syscall(SYS_unshare, 0));
  TRY("unshare_user", syscall(SYS_unshare, CLONE_NEWUSER));
  TRY("unshare_mount", syscall(SYS_unshare, CLONE_NEWNS));
  TRY("unshare_net", syscall(SYS_unshare, CLONE_NEWNET));
  TRY("clone_new_user", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
  TRY("clone_new_net", syscall(SYS_clone, CLONE_NEWNET | SIGCHLD, 0, 0, 0, 0));
  TRY("clone_new_cgroup", syscall(SYS_clone, CLONE_NEWCGROUP | SIGCHLD, 0, 0, 0, 0));
  CALL(clone3, 0, 0);
  TRY("write_uid_map", write_file("/proc/self/uid_map", "0 0 1"));
}

static void privileges(void) {
  CALL(setuid, 0);
  CALL(setgid, 0);
  CALL(setreuid, -1, -1);
  CALL(setresuid, -1, -1, -1);
  CALL(setresgid, -1, -1, -1);
  CALL(setfsuid, -1);
  CALL(setgroups, 0, 0);
  TRY("capset", set_capability());
  TRY("prctl_ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0));
  TRY("prctl_keep_caps", prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0));
  TRY("prctl_securebits", prctl(PR_SET_SECUREBITS, 0, 0, 0, 0));
  CALL(personality, 0xffffffff);
  CALL(add_key, 0, 0, 0, 0, 0);
  CALL(request_key, 0, 0, 0, 0);
  CALL(keyctl, -1, 0, 0, 0, 0);
  CALL(open_by_handle_at, -1, 0, 0);
  CALL(name_to_handle_at, -1, 0, 0, 0, 0);
  CALL(mknod, 0, S_IFCHR | 0600, 0x101);
  CALL(mknodat, -1, 0, S_IFBLK | 0600, 0x800);
  TRY("mknod_fifo", syscall(SYS_mknod, 0, S_IFIFO | 0600, 0));
  CALL(setxattr, 0, 0, 0, 0, 0);
  TRY("raise_open_files", raise_limit(RLIMIT_NOFILE));
  TRY("raise_file_size", raise_limit(RLIMIT_FSIZE));
  TRY("raise_core_size", raise_limit(RLIMIT_CORE));
  TRY("lower_oom_score", write_file("/proc/self/oom_score_adj", "-1000"));
}

static void other_processes(void) {
  CALL(ptrace, 0, 0, 0, 0);
  CALL(process_vm_readv, getpid(), 0, 0, 0, 0, 0);
  CALL(process_vm_writev, getpid(), 0, 0, 0, 0, 0);
  CALL(process_madvise, -1, 0, 0, 0, 0);
  CALL(pidfd_getfd, -1, 0, 0);
  CALL(kcmp, getpid(), getpid(), 0, 0, 0);
  CALL(migrate_pages, 0, 0, 0, 0);
  CALL(move_pages, 0, 0, 0, 0, 0, 0);
  CALL(sched_setscheduler, 0, -1, 0);
  CALL(sched_setattr, 0, 0, 0);
  CALL(ioprio_set, 0, 0, 0);
  TRY("inherited_file", inherited_file());
  TRY("write_first_process", write_file("/proc/1/mem", ""));
  TRY("kill_outside", kill(4194303, SIGKILL));
}

static void shared_memory(void) {
  CALL(shmget, 0, 0, 0);
  CALL(shmat, -1, 0, 0);
  CALL(shmctl, -1, 0, 0);
  CALL(semget, 0, -1, 0);
  CALL(semop, -1, 0, 0);
  CALL(msgget, 0x7add0c, 0);
  CALL(msgsnd, -1, 0, 0, 0);
  CALL(mq_open, 0, 0, 0, 0);
  CALL(mq_unlink, 0);
  CALL(memfd_create, 0, 0);
  CALL(memfd_secret, 0xffff);
  TRY("posix_shared_memory", make_file("/dev/shm/x"));
  TRY("posix_message_queue", make_file("/dev/mqueue/x"));
}

static void shared_quotas(void) {
  CALL(inotify_init, 0);
  CALL(inotify_init1, 0);
  CALL(inotify_add_watch, -1, 0, 0);
}

static void machine(void) {
  CALL(reboot, 0, 0, 0, 0);
  CALL(settimeofday, 0, 0);
  CALL(clock_settime, 0, 0);
  CALL(clock_adjtime, 0, 0);
  CALL(adjtimex, 0);
  CALL(sethostname, 0, 0);
  CALL(setdomainname, 0, 0);
  CALL(syslog, 10, 0, 0);
  CALL(acct, 0);
  CALL(swapon, 0, 0);
  CALL(swapoff, 0);
  CALL(quotactl, 0, 0, 0, 0);
  CALL(vhangup, 0);
  CALL(mbind, 0, 0, 0, 0, 0, 0);
  CALL(set_mempolicy, 0, 0, 0);
  CALL(get_mempolicy, 0, 0, 0, 0, 0);
  CALL(ustat, 0, 0);
  CALL(sysfs, 3, 0, 0);
  CALL(uselib, 0);
  CALL(_sysctl, 0);
  CALL(nfsservctl, 0, 0, 0);
  TRY("terminal_input", ioctl(-1, TIOCSTI, ""));
  TRY("terminal_linux", ioctl(-1, TIOCLINUX, ""));
  TRY("interfaces_by_ioctl", ioctl(-1, 0x8912 /* SIOCGIFCONF */, 0));
}

static void sockets(void) {
  TRY("inet_tcp", socket(AF_INET, SOCK_STREAM, 0));
  TRY("inet_udp", socket(AF_INET, SOCK_DGRAM, 0));
  TRY("inet_ping", socket(AF_INET, SOCK_DGRAM, 1));
  TRY("inet_raw", socket(AF_INET, SOCK_RAW, 1));
  TRY("inet_mptcp", socket(AF_INET, SOCK_STREAM, 262));
  TRY("inet_sctp", socket(AF_INET, SOCK_SEQPACKET, 132));
  TRY("inet6_tcp", socket(AF_INET6, SOCK_STREAM, 0));
  TRY("inet6_udp", socket(AF_INET6, SOCK_DGRAM, 0));
  TRY("inet6_raw", socket(AF_INET6, SOCK_RAW, 58));
  TRY("packet", socket(AF_PACKET, SOCK_RAW, 0));
  TRY("netlink_route", socket(AF_NETLINK, SOCK_RAW, 0));
  TRY("netlink_xfrm", socket(AF_NETLINK, SOCK_RAW, 6));
  TRY("netlink_audit", socket(AF_NETLINK, SOCK_RAW, 9));
  TRY("netlink_netfilter", socket(AF_NETLINK, SOCK_RAW, 12));
  TRY("netlink_uevent", socket(AF_NETLINK, SOCK_RAW, 15));
  TRY("alg", socket(AF_ALG, SOCK_SEQPACKET, 0));
  TRY("vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
  TRY("bluetooth", socket(AF_BLUETOOTH, SOCK_RAW, 1));
  TRY("can", socket(AF_CAN, SOCK_RAW, 1));
  TRY("key", socket(AF_KEY, SOCK_RAW, 2));
  TRY("pppox", socket(AF_PPPOX, SOCK_DGRAM, 0));
  TRY("tipc", socket(AF_TIPC, SOCK_RDM, 0));
  TRY("rds", socket(AF_RDS, SOCK_SEQPACKET, 0));
  TRY("smc", socket(AF_SMC, SOCK_STREAM, 0));
  TRY("xdp", socket(AF_XDP, SOCK_RAW, 0));
  TRY("qipcrtr", socket(AF_QIPCRTR, SOCK_DGRAM, 0));
  TRY("no_such_family", socket(200, SOCK_STREAM, 0));
  TRY("pair_of_tipc", socketpair(AF_TIPC, SOCK_SEQPACKET, 0, (int[2]){0, 0}));
  TRY("docker_socket", connect_unix("/var/run/docker.sock", 20));
  TRY("docker_socket_in_run", connect_unix("/run/docker.sock", 16));
  TRY("containerd_socket", connect_unix("/run/containerd/containerd.sock", 31));
  TRY("systemd_socket", connect_unix("/run/systemd/private", 20));
  TRY("abstract_socket", connect_unix("\0/containerd-shim/x.sock", 23));
}

static void other_abis(void) {
  TRY("int80_getpid", int80(20, 0, 0, 0));
  TRY("int80_socketcall", int80(102, 1, 0, 0));
  TRY("int80_socket", int80(359, AF_INET, SOCK_STREAM, 0));
  TRY("int80_mount", int80(21, 0, 0, 0));
  TRY("int80_ptrace", int80(26, 0, 0, 0));
  TRY("x32_getpid", syscall(X32 | SYS_getpid));
  TRY("x32_socket", syscall(X32 | SYS_socket, AF_INET, SOCK_STREAM, 0));
  TRY("x32_ptrace", syscall(X32 | 521, 0, 0, 0, 0));
}

static void host_files(void) {
  LOOK("shadow", read_file("/etc/shadow"));
  LOOK("shadow_by_link", traversal());
  LOOK("shadow_by_root", read_file("/proc/1/root/etc/shadow"));
  LOOK("root_home", list_folder("/root"));
  LOOK("homes", list_folder("/home"));
  LOOK("var", list_folder("/var"));
  LOOK("shell", read_file("/bin/sh"));
  LOOK("service_account", list_folder("/var/run/secrets"));
  LOOK("disk", read_file("/dev/sda"));
  LOOK("virtual_disk", read_file("/dev/vda"));
  LOOK("physical_memory", read_file("/dev/mem"));
  LOOK("kernel_log_device", read_file("/dev/kmsg"));
  LOOK("kvm", read_file("/dev/kvm"));
  LOOK("fuse", read_file("/dev/fuse"));
  LOOK("tun", read_file("/dev/net/tun"));
  LOOK("first_environment", read_file("/proc/1/environ"));
}

static void kernel_files(void) {
  LOOK("kcore", read_file("/proc/kcore"));
  LOOK("kallsyms", read_file("/proc/kallsyms"));
  LOOK("kmsg", read_file("/proc/kmsg"));
  LOOK("keys", read_file("/proc/keys"));
  LOOK("timer_list", read_file("/proc/timer_list"));
  LOOK("sched_debug", read_file("/proc/sched_debug"));
  LOOK("interrupts", read_file("/proc/interrupts"));
  LOOK("diskstats", read_file("/proc/diskstats"));
  LOOK("kernel_command_line", read_file("/proc/cmdline"));
  LOOK("kernel_configuration", read_file("/proc/config.gz"));
  LOOK("slabinfo", read_file("/proc/slabinfo"));
  LOOK("kpagecount", read_file("/proc/kpagecount"));
  LOOK("acpi", list_folder("/proc/acpi"));
  LOOK("scsi", list_folder("/proc/scsi"));
  LOOK("asound", list_folder("/proc/asound"));
  LOOK("pressure", list_folder("/proc/pressure"));
  LOOK("firmware", list_folder("/sys/firmware"));
  LOOK("power_meters", list_folder("/sys/devices/virtual/powercap"));
  LOOK("debugfs", list_folder("/sys/kernel/debug"));
  LOOK("tracefs", list_folder("/sys/kernel/tracing"));
  LOOK("bpffs", list_folder("/sys/fs/bpf"));
}

static void writes(void) {
  TRY("write_root", make_file("/x"));
  TRY("write_plugin", make_file("/plugin/x"));
  TRY("write_input", make_file("/input/x"));
  TRY("write_etc", make_file("/etc/x"));
  TRY("write_usr", make_file("/usr/bin/x"));
  TRY("write_dev", make_file("/dev/x"));
  TRY("write_sys", make_file("/sys/x"));
  TRY("write_passwd", write_file("/etc/passwd", ""));
  TRY("write_own_program", write_file("/proc/self/exe", ""));
  TRY("write_core_pattern", write_file("/proc/sys/kernel/core_pattern", ""));
  TRY("write_modprobe", write_file("/proc/sys/kernel/modprobe", ""));
  TRY("write_drop_caches", write_file("/proc/sys/vm/drop_caches", ""));
  TRY("write_sysrq", write_file("/proc/sysrq-trigger", ""));
  TRY("write_irq_affinity", write_file("/proc/irq/default_smp_affinity", ""));
  TRY("write_uevent_helper", write_file("/sys/kernel/uevent_helper", ""));
  TRY("write_power_state", write_file("/sys/power/state", ""));
  TRY("write_memory_limit", write_file("/sys/fs/cgroup/memory/memory.limit_in_bytes", ""));
  TRY("write_memory_max", write_file("/sys/fs/cgroup/memory.max", ""));
  TRY("write_release_agent", write_file("/sys/fs/cgroup/memory/release_agent", ""));
  TRY("write_cgroup_members", write_file("/sys/fs/cgroup/memory/cgroup.procs", ""));
  TRY("make_cgroup", mkdir("/sys/fs/cgroup/memory/x", 0700));
  TRY("link_plugin", link("/proc/self/exe", "/tmp/linked"));
  TRY("execute_in_tmp", execute_copy("/tmp/copy"));
}

/* What must work: a sandbox that refused everything would hold every attack and run no plugin. */
static void daily_work(void) {
  TRY("unix_socket", socket(AF_UNIX, SOCK_STREAM, 0));
  TRY("unix_pair", socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0, 0}));
  TRY("write_tmp", make_file("/tmp/x"));
  TRY("fork", syscall(SYS_fork));
  TRY("map_memory", mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0);
  TRY("read_clock", syscall(SYS_clock_gettime, 1, (long[2]){0, 0}));
  TRY("read_random", syscall(SYS_getrandom, (char[8]){0}, 8, 0));
  LOOK("read_own_status", read_file("/proc/self/status"));
}

int main(void) {
  kernel_code();
  other_namespaces();
  privileges();
  other_processes();
  shared_memory();
  shared_quotas();
  machine();
  sockets();
  other_abis();
  host_files();
  kernel_files();
  writes();
  daily_work();
  return 0;
}
