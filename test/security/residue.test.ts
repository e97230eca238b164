/** What a run leaves in its sandbox is found by runs of the same install at most, wherever their sandboxes come from. */
import { unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

/** Leaves a mark wherever a plugin can: in files, shared memory, its own memory, its environment, a process that stays. */
const LEAVE = `
const fs = await import('node:fs');
const { spawn } = await import('node:child_process');
const attempt = (work) => { try { work(); return true } catch { return false } };
globalThis.mark = input.mark;
process.env.MARK = input.mark;
process.title = input.mark;
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', input.mark], { detached: true, stdio: 'ignore' });
await new Promise((resolve) => child.once('spawn', resolve).once('error', resolve));
child.unref();
return { tmp: attempt(() => fs.writeFileSync('/tmp/mark', input.mark)), shm: attempt(() => fs.writeFileSync('/dev/shm/mark', input.mark)), process: child.pid !== undefined };`;

/** Looks in all of these places, and says which sandbox it is. */
const LOOK = `
const fs = await import('node:fs');
const list = (folder) => { try { return fs.readdirSync(folder) } catch { return [] } };
const read = (file) => { try { return fs.readFileSync(file, 'utf8') } catch { return '' } };
globalThis.sandbox ??= crypto.randomUUID();
const processes = list('/proc').filter((name) => /^\\d+$/.test(name)).map((pid) => read('/proc/' + pid + '/cmdline'));
return {
  sandbox: globalThis.sandbox, uptimeMs: process.uptime() * 1000,
  files: [...list('/tmp'), ...list('/dev/shm')], memory: globalThis.mark ?? null, environment: process.env.MARK ?? null,
  processes: processes.filter((line) => line.includes('mark-')).length,
};`;

const TOOLS = { leave: { body: LEAVE }, look: { body: LOOK } };
const NOTHING = { files: [], memory: null, environment: null, processes: 0 };

interface Found {
  sandbox: string;
  uptimeMs: number;
}

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack();
});

async function look(tenant: TestOrganization, installId: string): Promise<Found> {
  const run = await callTool(tenant, installId, 'look');
  expect(run.error).toBeNull();
  return run.output as Found;
}
async function leave(tenant: TestOrganization, installId: string): Promise<void> {
  const run = await callTool(tenant, installId, 'leave', { mark: 'mark-of-another' });
  expect(run).toMatchObject({ state: 'succeeded', output: { tmp: true, process: true } });
}
const pause = () => new Promise((resolve) => setTimeout(resolve, 1500));

describe('what a run leaves behind', () => {
  it('is found by the same install, and by no other tenant of the plugin', async () => {
    const { tenant, install, version } = await installedPlugin(stack, { tools: TOOLS });
    const sandboxes = new Set<string>();
    await leave(tenant, install.id);
    // The probes do see what there is: the tenant's own sandbox is warm.
    const own = await look(tenant, install.id);
    expect(own).toMatchObject({ files: ['mark'], memory: 'mark-of-another', environment: 'mark-of-another' });
    expect(own).not.toMatchObject({ processes: 0 });
    sandboxes.add(own.sandbox);
    for (let others = 1; others <= 4; others += 1) {
      const other = await stack.createOrganization('tenant');
      const { id } = await unwrap(other.client.POST('/v1/installs', { body: { plugin: version.plugin } }));
      const found = await look(other, id);
      expect(found).toMatchObject(NOTHING);
      sandboxes.add(found.sandbox);
      await leave(other, id);
      await pause();
    }
    expect(sandboxes.size).toBe(5);
  });

  it('is found by no later run under isolation "run", nor in a sandbox that was started ahead', async () => {
    const { tenant, install } = await installedPlugin(stack, { tools: TOOLS }, { isolation: 'run' });
    const sandboxes = new Set<string>();
    let calls = 0;
    // A sandbox that was started ahead of its run is older than the run.
    for (let wasAhead = false; calls < 4 || (!wasAhead && calls < 15); calls += 1) {
      await leave(tenant, install.id);
      await pause();
      const startedAt = performance.now();
      const found = await look(tenant, install.id);
      wasAhead ||= found.uptimeMs > performance.now() - startedAt;
      expect(found).toMatchObject(NOTHING);
      sandboxes.add(found.sandbox);
    }
    expect(calls).toBeLessThan(15);
    expect(sandboxes.size).toBe(calls);
  });
});
