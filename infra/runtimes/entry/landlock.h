/*
 * Landlock (Linux 5.13 and newer): which files the plugin may touch, whatever their modes say. It reads and executes what
 * the image and the bundle hold, reads /etc and /proc, uses the devices, and writes in /tmp. All else is closed: /sys, and
 * whatever an engine may mount in some day. From ABI 4 on it has no TCP, from 6 on no signal and no abstract socket goes
 * out of the sandbox's own processes.
 *
 * A kernel without it answers ENOSYS or EOPNOTSUPP, an engine whose libseccomp does not know it EPERM, and then the plugin
 * starts without: the isolation probe finds that out and reports a weaker level. Everything else that fails is a control
 * that can't be applied.
 *
 * The numbers stand here because the C library's headers may be older than the kernel (include/uapi/linux/landlock.h).
 */
#ifndef PADDOCK_LANDLOCK_H
#define PADDOCK_LANDLOCK_H

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LANDLOCK_CREATE = 444, LANDLOCK_ADD = 445, LANDLOCK_RESTRICT = 446 }; /* the same on every architecture */

#define FS_EXECUTE (1ull << 0)
#define FS_WRITE_FILE (1ull << 1)
#define FS_READ_FILE (1ull << 2)
#define FS_READ_DIR (1ull << 3)
#define FS_MAKE_CHAR (1ull << 6)
#define FS_MAKE_BLOCK (1ull << 11)
#define FS_REFER (1ull << 13)     /* ABI 2 */
#define FS_TRUNCATE (1ull << 14)  /* ABI 3 */
#define FS_IOCTL_DEV (1ull << 15) /* ABI 5 */
#define FS_READ (FS_READ_FILE | FS_READ_DIR)
#define NET_BIND_AND_CONNECT_TCP 3ull /* ABI 4 */
#define SCOPE_ABSTRACT_AND_SIGNAL 3ull /* ABI 6 */

struct ruleset {
  uint64_t fs, net, scoped;
};
struct path_rule {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

static const struct {
  const char *path;
  uint64_t allowed;
} LANDLOCK_PATHS[] = {
    {"/usr", FS_EXECUTE | FS_READ},
    {"/lib", FS_EXECUTE | FS_READ},
    {"/lib64", FS_EXECUTE | FS_READ},
    {"/plugin", FS_EXECUTE | FS_READ},
    {"/input", FS_READ},
    {"/etc", FS_READ},
    {"/proc", FS_READ},
    {"/dev", FS_READ | FS_WRITE_FILE | FS_IOCTL_DEV},
    {"/tmp", ~(FS_EXECUTE | FS_MAKE_CHAR | FS_MAKE_BLOCK)},
};

/* Restricts this process and all that come of it. Answers 0, or -1 with errno when the control can't be applied. */
static int landlock(void) {
  long abi = syscall(LANDLOCK_CREATE, NULL, 0, 1u);
  if (abi < 0) return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM ? 0 : -1;
  uint64_t known = FS_REFER - 1;
  if (abi >= 2) known |= FS_REFER;
  if (abi >= 3) known |= FS_TRUNCATE;
  if (abi >= 5) known |= FS_IOCTL_DEV;
  struct ruleset attributes = {
      .fs = known, .net = abi >= 4 ? NET_BIND_AND_CONNECT_TCP : 0, .scoped = abi >= 6 ? SCOPE_ABSTRACT_AND_SIGNAL : 0};
  /* An older kernel refuses a structure that is longer than its own. */
  size_t size = abi >= 6 ? sizeof attributes : abi >= 4 ? offsetof(struct ruleset, scoped) : offsetof(struct ruleset, net);
  int ruleset = (int)syscall(LANDLOCK_CREATE, &attributes, size, 0u);
  if (ruleset < 0) return -1;
  for (size_t i = 0; i < sizeof LANDLOCK_PATHS / sizeof *LANDLOCK_PATHS; i++) {
    int parent = open(LANDLOCK_PATHS[i].path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0 && errno == ENOENT) continue; /* not every image has every folder */
    if (parent < 0) return -1;
    struct path_rule rule = {.allowed = LANDLOCK_PATHS[i].allowed & known, .parent = parent};
    if (syscall(LANDLOCK_ADD, ruleset, 1, &rule, 0u) != 0) return -1;
    close(parent);
  }
  if (syscall(LANDLOCK_RESTRICT, ruleset, 0u) != 0) return -1;
  return close(ruleset);
}

#endif
