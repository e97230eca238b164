import { beforeAll, describe, expect, it } from 'vitest';
import { callTool, installedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';

/** Attempts by name; each gives what a plugin got, or the error's code. */
const PROBE = `
const { connect, createServer } = await import('node:net');
const dns = await import('node:dns/promises');
const fs = await import('node:fs');
const os = await import('node:os');
const dgram = await import('node:dgram');
const attempt = async (work) => { try { return { got: await work() } } catch (error) { return { denied: error.code ?? error.message } } };
const tcp = (port, host) => attempt(() => new Promise((ok, no) => connect({ port, host, timeout: 2000 }).once('connect', () => ok('connected')).once('timeout', () => no(new Error('timeout'))).once('error', no)));
const read = (path) => attempt(() => fs.readFileSync(path, 'utf8').slice(0, 40));
const write = (path) => attempt(() => (fs.writeFileSync(path, 'x'), 'written'));
const status = Object.fromEntries(fs.readFileSync('/proc/self/status', 'utf8').split('\\n').map((line) => line.split(':\\t')));
return {
  network: {
    public: await tcp(443, '203.0.113.1'), metadata: await tcp(80, '169.254.169.254'), gateway: await tcp(2375, '172.17.0.1'),
    loopback: await tcp(5432, '127.0.0.1'), ipv6: await tcp(80, '::1'), dns: await attempt(() => dns.lookup('example.com')),
    listen: await attempt(() => new Promise((ok, no) => createServer().once('error', no).listen(0, () => ok('listening')))),
    udp: await attempt(() => new Promise((ok, no) => { const socket = dgram.createSocket('udp4'); socket.once('error', no); socket.send('x', 53, '203.0.113.1', (error) => error ? no(error) : ok('sent')) })),
  },
  files: {
    shadow: await read('/etc/shadow'), root: await attempt(() => fs.readdirSync('/root')), home: await attempt(() => fs.readdirSync('/home')),
    docker: await attempt(() => fs.statSync('/var/run/docker.sock') && 'there'), containerd: await attempt(() => fs.statSync('/run/containerd/containerd.sock') && 'there'),
    kcore: await read('/proc/kcore'), kallsyms: await read('/proc/kallsyms'), shell: await attempt(() => fs.statSync('/bin/sh') && 'there'),
  },
  writes: {
    root: await write('/x'), plugin: await write('/plugin/x'), etc: await write('/etc/x'), input: await write('/input/x'),
    sysrq: await write('/proc/sysrq-trigger'), sys: await write('/sys/x'), corePattern: await write('/proc/sys/kernel/core_pattern'),
  },
  tmp: await attempt(() => { for (const part of [1, 2, 3]) fs.writeFileSync('/tmp/' + part, Buffer.alloc(8 << 20)); return 'filled' }),
  uid: process.getuid(), env: Object.keys(process.env).sort(), hostname: os.hostname(),
  processes: fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length,
  fds: fs.readdirSync('/proc/self/fd').filter((fd) => Number(fd) < 3).length,
  interfaces: fs.readFileSync('/proc/net/dev', 'utf8').split('\\n').slice(2).map((line) => line.split(':')[0].trim()).filter(Boolean),
  capabilities: [status.CapEff, status.CapPrm, status.CapBnd, status.CapInh, status.CapAmb], seccomp: status.Seccomp, noNewPrivs: status.NoNewPrivs,
};`;

interface Found {
  network: Record<string, { got?: unknown; denied?: string }>;
  files: Record<string, { got?: unknown; denied?: string }>;
  writes: Record<string, { got?: unknown; denied?: string }>;
  [key: string]: unknown;
}

describe('what a plugin finds around it', () => {
  let found: Found;
  beforeAll(async () => {
    const stack = await testStack();
    const { tenant, install } = await installedPlugin(stack, { tools: { probe: { body: PROBE } } });
    const run = await callTool(tenant, install.id, 'probe');
    expect(run.error).toBeNull();
    found = run.output as Found;
  });

  it.each(['public', 'metadata', 'gateway', 'loopback', 'ipv6', 'dns', 'listen', 'udp'])(
    'is no network: %s',
    (name) => {
      expect(found.network[name]).toEqual({ denied: expect.any(String) });
    },
  );
  it.each(['shadow', 'root', 'home', 'docker', 'containerd', 'shell'])('is no file of the host: %s', (name) => {
    expect(found.files[name]).toEqual({ denied: expect.stringMatching(/^(ENOENT|EACCES|EPERM)$/) });
  });
  it.each(['kcore', 'kallsyms'])('is nothing of the kernel: %s', (name) => {
    const { got } = found.files[name] ?? {};
    expect(got ?? '').toBe('');
  });
  it.each(['root', 'plugin', 'etc', 'input', 'sysrq', 'sys', 'corePattern'])('can’t be written: %s', (name) => {
    expect(found.writes[name]).toEqual({ denied: expect.stringMatching(/^(EROFS|EACCES|EPERM|ENOENT)$/) });
  });
  it('is a small /tmp', () => expect(found['tmp']).toEqual({ denied: 'ENOSPC' }));
  it('is an unprivileged user, without capabilities, under seccomp', () => {
    expect(found).toMatchObject({ uid: 65532, seccomp: '2', noNewPrivs: '1', interfaces: ['lo'], fds: 3 });
    expect(found['capabilities']).toEqual(Array(5).fill('0000000000000000'));
  });
  it('is no environment but a path, and no process but its own', () => {
    expect((found['env'] as string[]).filter((name) => !['PATH', 'HOSTNAME', 'HOME'].includes(name))).toEqual([]);
    expect(found['processes']).toBeLessThanOrEqual(2);
  });
});
