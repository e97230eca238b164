/*
 * paddock-entry: the first process of every sandbox.
 *
 *     paddock-entry --life-ms=N -- PROGRAM [ARGUMENT]...
 *
 * It starts the plugin as its child, reaps what the plugin leaves behind, and ends as the plugin ends: with its exit
 * code, or 128 and the signal's number. When the first process of a pid namespace ends, the kernel kills all others,
 * so the end of this program is the end of the sandbox.
 *
 * Two things end it although the plugin goes on, for the time when nobody outside is left to do it:
 * - Its life is over. The clock counts on while the host sleeps, and nobody without privileges can set it.
 * - Standard input has no writer any more: the executor is gone, or its connection. This one is fast and not to be
 *   relied upon: a plugin may open its own end of the pipe for writing, and while the engine itself is gone, the
 *   container's shim keeps the pipe open. The life is what always holds.
 *
 * A plugin has the same user id and may therefore send it signals and change its limits. What a namespace's first
 * process has no handler for, its own namespace can't send it, SIGKILL and SIGSTOP least of all; and whatever makes
 * this program fail makes it end, which is what is wanted.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "landlock.h"

enum {
  EXIT_LIFE_OVER = 124,    /* as of timeout(1) */
  EXIT_FAILED = 125,       /* ours: bad arguments, or a system call that must not fail did */
  EXIT_NOT_STARTED = 127,  /* as of a shell */
  STDIN_GRACE_MS = 2000,   /* for an honest plugin to leave by itself */
  MAX_SLEEP_MS = 60000,    /* poll's clock stands still while the host sleeps, so the life's is looked at now and then */
};
#define MAX_LIFE_MS ((int64_t)24 * 60 * 60 * 1000)

static volatile sig_atomic_t terminated;

static void on_signal(int number) {
  if (number == SIGTERM) terminated = 1;
}

static _Noreturn void fail(const char *what) {
  dprintf(STDERR_FILENO, "paddock-entry: %s: %s\n", what, strerror(errno));
  _exit(EXIT_FAILED);
}

static int64_t now_ms(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_BOOTTIME, &now) != 0) fail("clock_gettime");
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The life in milliseconds; whatever is not exactly the command line that we take is refused. */
static int64_t life_of(int argc, char **argv) {
  static const char option[] = "--life-ms=";
  errno = EINVAL;
  if (argc < 4 || strncmp(argv[1], option, sizeof option - 1) != 0 || strcmp(argv[2], "--") != 0) fail("arguments");
  const char *digits = argv[1] + sizeof option - 1;
  char *end;
  errno = 0;
  long long life = strtoll(digits, &end, 10);
  if (*digits < '0' || *digits > '9' || *end != '\0' || errno != 0 || life < 1 || life > MAX_LIFE_MS) {
    errno = EINVAL;
    fail("--life-ms");
  }
  return life;
}

/* Nothing but standard input, output and error comes in here or goes on to the plugin. */
static void close_others(void) {
  if (syscall(SYS_close_range, 3u, ~0u, 0u) == 0) return;
  if (errno != ENOSYS && errno != EINVAL) fail("close_range"); /* EINVAL: gVisor's takes no such last number */
  for (long fd = sysconf(_SC_OPEN_MAX) - 1; fd > 2; fd--) close((int)fd);
}

/* What the plugin alone is to be held by. It runs in the child, just before the plugin, with no_new_privs set by the engine. */
static void restrict_child(void) {
  if (landlock() != 0) fail("landlock");
}

static _Noreturn void become_plugin(char **argv, const sigset_t *signals) {
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  if (sigaction(SIGCHLD, &by_default, NULL) != 0 || sigaction(SIGTERM, &by_default, NULL) != 0) fail("sigaction");
  if (sigprocmask(SIG_UNBLOCK, signals, NULL) != 0) fail("sigprocmask");
  restrict_child();
  execv(argv[0], argv);
  dprintf(STDERR_FILENO, "paddock-entry: %s: %s\n", argv[0], strerror(errno));
  _exit(EXIT_NOT_STARTED);
}

/* Reaps everything that has ended. Ends with the plugin when it was among it. */
static void reap(pid_t plugin) {
  for (;;) {
    int status;
    pid_t pid = waitpid(-1, &status, WNOHANG);
    if (pid == 0) return;
    if (pid < 0) fail("waitpid");
    if (pid != plugin) continue;
    if (WIFEXITED(status)) _exit(WEXITSTATUS(status));
    if (WIFSIGNALED(status)) _exit(128 + WTERMSIG(status));
  }
}

int main(int argc, char **argv) {
  int64_t deadline = now_ms() + life_of(argc, argv);
  close_others();
  /* Otherwise the plugin, being the same user, could write into this process by /proc/1/mem. */
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) fail("prctl");

  /* Both are blocked but while ppoll waits, so that none comes between a look and a wait. */
  sigset_t signals, awake;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigaddset(&signals, SIGTERM);
  if (sigprocmask(SIG_BLOCK, &signals, &awake) != 0) fail("sigprocmask");
  sigdelset(&awake, SIGCHLD);
  sigdelset(&awake, SIGTERM);
  struct sigaction handled = {.sa_handler = on_signal};
  if (sigaction(SIGCHLD, &handled, NULL) != 0 || sigaction(SIGTERM, &handled, NULL) != 0) fail("sigaction");

  pid_t plugin = fork();
  if (plugin < 0) fail("fork");
  if (plugin == 0) become_plugin(argv + 3, &signals);

  /* No events are asked for: what is said without asking is that the last writer has gone. */
  struct pollfd input = {.fd = STDIN_FILENO};
  for (;;) {
    reap(plugin);
    if (terminated) _exit(128 + SIGTERM);
    int64_t left = deadline - now_ms();
    if (left <= 0) _exit(EXIT_LIFE_OVER);
    if (left > MAX_SLEEP_MS) left = MAX_SLEEP_MS;
    struct timespec wait = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
    int ready = ppoll(&input, 1, &wait, &awake);
    if (ready < 0 && errno != EINTR) fail("ppoll");
    if (ready > 0) {
      /* A negative descriptor is looked at no more. */
      input.fd = -1;
      int64_t grace = now_ms() + STDIN_GRACE_MS;
      if (grace < deadline) deadline = grace;
    }
  }
}
