import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const EX_CONFIG = 78;
const PROCESSES = ['api', 'verifier', 'executor', 'controller'] as const;

/** Starts a process of ours with just this environment; resolves once it has ended. */
function start(
  name: (typeof PROCESSES)[number],
  env: Record<string, string>,
): Promise<{ code: number | null; text: string }> {
  const main = fileURLToPath(new URL(`../../apps/${name}/dist/main.js`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.once('error', reject).once('close', (code) => resolve({ code, text }));
  });
}

describe('a process that is set up badly', () => {
  it.each(PROCESSES)('%s does not start without its settings, and names each', async (name) => {
    const { code, text } = await start(name, {});
    expect(code).toBe(EX_CONFIG);
    for (const setting of ['DATABASE_URL', 'REDIS_URL']) expect(text).toContain(setting);
  });

  it.each(PROCESSES)('%s does not start with a setting that it does not know', async (name) => {
    const { code, text } = await start(name, { PADDOCK_LEASE_MSS: '2000' });
    expect(code).toBe(EX_CONFIG);
    expect(text).toMatch(/PADDOCK_LEASE_MSS .*PADDOCK_LEASE_MS\b/);
  });

  it.each([
    ['executor', 'PADDOCK_LEASE_MS', 'soon'],
    ['executor', 'PADDOCK_RUNTIME_NODE_IMAGE', 'node:latest'],
    ['executor', 'DOCKER_HOST', 'tcp://192.0.2.1:2375'],
    ['api', 'PADDOCK_MAX_BUNDLE_BYTES', '-1'],
    ['api', 'PADDOCK_ARTIFACTS_DIR', 'artifacts'],
    ['verifier', 'PADDOCK_SECCOMP_FILE', './seccomp.json'],
    ['controller', 'PADDOCK_AUDIT_ORIGIN', 'two words'],
  ] as const)('%s refuses %s=%s', async (name, setting, value) => {
    const { code, text } = await start(name, { [setting]: value });
    expect(code).toBe(EX_CONFIG);
    expect(text).toContain(setting);
    expect(text).not.toContain(`${setting} is missing`);
  });

  it.each(PROCESSES)('%s shows no secret of a setting that is wrong', async (name) => {
    const { code, text } = await start(name, {
      DATABASE_URL: 'mysql://root:hunter2@192.0.2.1/x',
      REDIS_URL: 'http://:hunter2@192.0.2.1',
    });
    expect(code).toBe(EX_CONFIG);
    expect(text).toMatch(/DATABASE_URL must be/);
    expect(text).not.toContain('hunter2');
  });
});
