import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, it } from 'vitest';

const DEMO = new URL('../../infra/dist/local/demo.js', import.meta.url).pathname;

interface Report {
  ok: boolean;
  steps: { name: string; ok: boolean; observed: unknown }[];
  runs: { plugin: string; state: string }[];
}

it('plays the demo to its end: every step holds, and says what was observed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-demo-test-'));
  const file = join(folder, 'demo.json');
  const { dockerHost, redisUrl } = inject('stack');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [DEMO, '--once', '--json', file], {
      env: { PATH: process.env['PATH'], HOME: folder, DOCKER_HOST: dockerHost, REDIS_URL: redisUrl },
      maxBuffer: 16 * 1024 * 1024,
    }).catch((error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.stdout ?? ''}${error.stderr ?? ''}`.split('\n').slice(-80).join('\n'), { cause: error });
    });
    const report = JSON.parse(await readFile(file, 'utf8')) as Report;
    expect(report.steps.filter((step) => !step.ok || step.observed === undefined)).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.steps.length).toBeGreaterThan(30);
    const states = new Set(report.runs.map((run) => run.state));
    for (const state of ['succeeded', 'timed_out', 'out_of_memory']) expect(states).toContain(state);
    expect(stdout).not.toContain('pdk_'); // A demo that ends by itself leaves no key on the screen.
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);
