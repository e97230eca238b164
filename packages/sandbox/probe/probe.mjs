// Tries, from inside a sandbox, what a sandbox must not allow, says what it found in one line, and waits to be killed.
import { createSocket } from 'node:dgram';
import { readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';

/** The error code of an attempt, or `none` when it went through. */
const attempt = (act) => {
  try {
    act();
    return 'none';
  } catch (error) {
    return String(error.code ?? error.message);
  }
};
const attemptText = (read) => {
  try {
    return read();
  } catch {
    return '';
  }
};
const emitted = (emitter, success, close) =>
  new Promise((resolve) => {
    const done = (code) => {
      close();
      resolve(code);
    };
    emitter.once(success, () => done('none')).once('error', (error) => done(String(error.code ?? error.message)));
  });
const tcp = () => {
  const socket = connect(1, '127.0.0.1');
  return emitted(socket, 'connect', () => socket.destroy());
};
const udp = () => {
  const socket = createSocket('udp4');
  const bound = emitted(socket, 'listening', () => attempt(() => socket.close()));
  socket.bind(0, '127.0.0.1');
  return bound;
};

const status = Object.fromEntries(
  readFileSync('/proc/self/status', 'utf8')
    .split('\n')
    .map((line) => line.split(':\t').map((part) => part.trim())),
);
const interfaces = readFileSync('/proc/net/dev', 'utf8')
  .split('\n')
  .slice(2)
  .map((line) => line.split(':')[0].trim())
  .filter(Boolean);
const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
  .split('\n')
  .map((line) => line.split(' '));
const mountOptions = (path) => (mounts.findLast((fields) => fields[4] === path)?.[5] ?? '').split(',');
const tmp = statfsSync('/tmp');

const findings = {
  status,
  interfaces,
  environment: Object.keys(process.env).sort(),
  rootMount: mountOptions('/'),
  bundleMount: mountOptions('/plugin'),
  rootWrite: attempt(() => writeFileSync('/paddock-probe', '')),
  // Only Landlock is in the way of this, and only of a world-readable file: modes and mounts allow it.
  sysRead: attempt(() => readFileSync('/sys/devices/system/cpu/online')),
  securityLabel: attemptText(() => readFileSync('/proc/self/attr/current', 'utf8')),
  kernel: readFileSync('/proc/version', 'utf8'),
  bundleWrite: attempt(() => writeFileSync('/plugin/paddock-probe', '')),
  tmpBytes: tmp.bsize * tmp.blocks,
  tcp: await tcp(),
  udp: await udp(),
  // Setting one's own user id again is allowed to everyone by the kernel: only our seccomp profile forbids it.
  setresuid: attempt(() => process.seteuid(process.geteuid())),
};
process.stdout.write(`${JSON.stringify(findings)}\n`);
process.stdin.resume();
