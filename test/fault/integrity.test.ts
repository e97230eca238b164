import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onDatabase, rows } from '../support/database.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';

let stack: OwnStack;
beforeAll(async () => {
  stack = await startOwnStack();
});
afterAll(() => stack.end());

/** An install that has not run yet, so that nothing of it is prepared on the executor. */
const fresh = () => installedPlugin(stack, {}, { isolation: 'run' });
const storedAt = (sha256: string) => join(stack.artifactsFolder, 'sha256', sha256.slice(0, 2), sha256.slice(2));

describe('a version whose proof does not hold', () => {
  const overwrite = async (file: string, change: (bytes: Buffer) => Buffer) => {
    await chmod(file, 0o644);
    await writeFile(file, change(await readFile(file)));
  };
  /** Writes past the trigger that keeps versions as they are: what only the owner of the tables can do. */
  const forge = (column: 'envelope' | 'countersignature', versionId: string, from: string) =>
    onDatabase(stack, async (client) => {
      await client.query('ALTER TABLE versions DISABLE TRIGGER immutable');
      await client.query(
        `UPDATE versions SET ${column} = (SELECT ${column} FROM versions WHERE id = $2) WHERE id = $1`,
        [versionId, from],
      );
      await client.query('ALTER TABLE versions ENABLE TRIGGER immutable');
    });

  it('is refused, unbilled, when the countersignature is another version’s', async () => {
    const [one, other] = await Promise.all([fresh(), fresh()]);
    await forge('countersignature', one.version.id, other.version.id);
    const run = await callTool(one.tenant, one.install.id, 'echo');
    expect(run).toMatchObject({ state: 'refused', usage: null, error: { code: 'countersignature_invalid' } });
  });

  it('is refused when there is no countersignature', async () => {
    const { tenant, install, version } = await fresh();
    await rows(stack, 'UPDATE versions SET countersignature = NULL WHERE id = $1', [version.id]);
    expect(await callTool(tenant, install.id, 'echo')).toMatchObject({
      state: 'refused',
      error: { code: 'countersignature_invalid' },
    });
  });

  it('is refused when the publisher’s envelope is another publisher’s', async () => {
    const [one, other] = await Promise.all([fresh(), fresh()]);
    await forge('envelope', one.version.id, other.version.id);
    expect(await callTool(one.tenant, one.install.id, 'echo')).toMatchObject({
      state: 'refused',
      error: { code: 'signature_key_unknown' },
    });
  });

  it('is refused when a byte of the stored bundle has changed', async () => {
    const { tenant, install, version } = await fresh();
    await overwrite(storedAt(version.sha256), (bytes) => {
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return bytes;
    });
    const run = await callTool(tenant, install.id, 'echo');
    expect(run.state).toBe('refused');
    expect(['artifact_corrupt', 'bundle_corrupt']).toContain(run.error?.code);
  });

  it('is not run from an unpacked bundle that has changed: that attempt ends, and the next one unpacks anew', async () => {
    const { tenant, install, version } = await fresh();
    expect(await callTool(tenant, install.id, 'echo', { a: 1 })).toMatchObject({ state: 'succeeded', attempt: 1 });
    const files = await readdir(stack.scratchFolder, { recursive: true });
    const unpacked = files.find((path) => path.endsWith(join(version.id, 'main.mjs'))) ?? '';
    const changed = 'process.exit(3);';
    await overwrite(join(stack.scratchFolder, unpacked), () => Buffer.from(changed));
    const run = await callTool(tenant, install.id, 'echo', { a: 2 });
    expect(run).toMatchObject({ state: 'succeeded', attempt: 2, output: { a: 2 } });
    const events = await rows<{ event: string; data: object }>(
      stack,
      "SELECT event, data FROM audit_events WHERE subject_id = $1 AND event = 'run.requeued'",
      [run.id],
    );
    expect(events).toMatchObject([{ data: { attempt: 1, code: 'artifact_corrupt' } }]);
  });
});

describe('the sweep of stored bytes', () => {
  it('leaves what a version refers to, however old, and takes what nothing refers to after an hour', async () => {
    const { version, tenant, install } = await fresh();
    const left = async (text: string) => {
      const file = storedAt(createHash('sha256').update(text).digest('hex'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { mode: 0o444 });
      return file;
    };
    const [old, young] = await Promise.all([left('left long ago'), left('left just now')]);
    const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    const bundle = storedAt(version.sha256);
    for (const file of [bundle, old]) await utimes(file, twoHoursAgo, twoHoursAgo);
    // It sweeps when it starts, and then now and again.
    await stack.running.process('controller').restart();
    await expect.poll(() => existsSync(old)).toBe(false);
    expect([young, bundle].map((file) => existsSync(file))).toEqual([true, true]);
    expect(await callTool(tenant, install.id, 'echo')).toMatchObject({ state: 'succeeded' });
  });
});
