import { expect, it } from 'vitest';
import { cliFolder } from '../../apps/cli/src/runCli.testing.js';
import { testStack } from '../support/stack.js';

/** Every control is tried in sandboxes of its own, on two kernels where gVisor is there. */
const MINUTES = 60_000;

interface Examined {
  level: string;
  runtimes: { runtime: string; imageId: string | null }[];
  controls: { name: string; held: boolean; neededFor: string; mending: string | null }[];
  places: { level: string; kernel: string }[];
  attacks?: { level: string; held: boolean; attempts: { name: string; held: boolean; outcome: string }[] }[];
}

async function doctor(args: string[], environment: Record<string, string> = {}) {
  const { dockerHost, images } = await testStack();
  const { paddock } = await cliFolder();
  const settings = Object.fromEntries(
    Object.entries(images).map(([runtime, id]) => [`PADDOCK_RUNTIME_${runtime.toUpperCase()}_IMAGE`, id]),
  );
  const ended = await paddock(['doctor', ...args], { env: { DOCKER_HOST: dockerHost, ...settings, ...environment } });
  return { ...ended, images };
}

it('finds the level of the host that the stack runs on, and each runtime', { timeout: 3 * MINUTES }, async () => {
  const { exitCode, stdout, stderr, images } = await doctor(['--json']);
  expect(exitCode, stderr).toBe(0);
  const found = JSON.parse(stdout) as Examined;
  expect(found.runtimes).toEqual(
    ['node', 'python', 'native'].map((runtime) => ({
      runtime,
      imageId: images[runtime as keyof typeof images] ?? null,
    })),
  );
  expect(found.controls.filter(({ neededFor, held }) => neededFor === 'L1' && !held)).toEqual([]);
  expect(found.controls.length).toBeGreaterThan(15);
  for (const control of found.controls) expect(control.held || control.mending !== null, control.name).toBe(true);
  expect(found.places.map(({ level }) => level)).toContain(found.level);
});

it('says that a level is not there, and what would give it', { timeout: 3 * MINUTES }, async () => {
  const { exitCode, stdout } = await doctor(['--require', 'L3']);
  const hasIt = /This host has .*L3/.test(stdout);
  expect(exitCode).toBe(hasIt ? 0 : 1);
  expect(stdout).toMatch(hasIt ? /gVisor: / : /To mend it:\n {2}- /);
});

it('tries to break out of a sandbox, and says what held', { timeout: 5 * MINUTES }, async () => {
  const { exitCode, stdout, stderr } = await doctor(['--attack', '--json']);
  const { attacks = [], places } = JSON.parse(stdout) as Examined;
  expect(attacks.map(({ level }) => level)).toEqual(places.map(({ level }) => level));
  for (const { attempts } of attacks) {
    expect(attempts.filter(({ held }) => !held)).toEqual([]);
    expect(attempts.length).toBeGreaterThanOrEqual(200);
  }
  expect(exitCode, stderr).toBe(0);
});

it('says so where no engine answers, or no image is there', { timeout: 3 * MINUTES }, async () => {
  const gone = await doctor(['--json'], { DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
  expect(gone.exitCode).toBe(69);
  expect(gone.stderr).toContain('sandbox_unavailable');
  const bare = await doctor([], { PADDOCK_RUNTIME_NODE_IMAGE: `sha256:${'0'.repeat(64)}` });
  expect(bare.exitCode).toBe(1);
  expect(bare.stdout).toContain('no image in the engine');
  expect(bare.stdout).toContain('Nothing may run here.');
});
