import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cliFolder } from '../../apps/cli/src/runCli.testing.js';
import { onDatabase, rows } from '../support/database.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';

interface Check {
  verdict: string;
  reason: string;
  firstBadSeq?: number;
  size: number;
  checkpoint: { note: string };
}

/** Somebody who owns the database changes its audit trail; whoever holds the log’s key finds out. */
describe('an audit trail that somebody changed', () => {
  let stack: OwnStack;
  let before: string;
  beforeAll(async () => {
    stack = await startOwnStack();
    const { tenant, install } = await installedPlugin(stack);
    for (let n = 0; n < 3; n++) await callTool(tenant, install.id, 'echo', { n });
    await sequenced();
    before = (await unwrap(stack.admin.client.GET('/v1/audit/checkpoint'))).note;
    // From here on nothing is sequenced, so that what is changed back is as it was.
    stack.running.process('controller').kill('SIGSTOP');
  });
  afterAll(() => stack.end());

  /** Every event stands in the tree, under a checkpoint. */
  const sequenced = () =>
    vi.waitFor(
      async () => {
        const loose = await rows(
          stack,
          'SELECT 1 FROM audit_events e LEFT JOIN audit_leaves l ON l.event_id = e.id WHERE l.seq IS NULL',
        );
        expect(loose).toEqual([]);
      },
      { timeout: 15_000, interval: 200 },
    );

  async function verify(...earlier: string[]): Promise<Check & { exitCode: number }> {
    const folder = await cliFolder();
    const files = earlier.map((_, index) => join(folder.path, `earlier-${index}`));
    await Promise.all(earlier.map((note, index) => writeFile(files[index] ?? '', note)));
    const env = { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: stack.adminKey };
    const args = ['audit', 'verify', '--json', '--verifier-key', stack.auditVerifierKey];
    const { exitCode, stdout, stderr } = await folder.paddock(
      [...args, ...files.flatMap((file) => ['--earlier', file])],
      { env },
    );
    expect(stdout, stderr).not.toBe('');
    return { exitCode, ...(JSON.parse(stdout) as Check) };
  }

  /** Does it past the triggers, as the owner of the tables can, looks, and takes it back. */
  async function after(sql: string, ...earlier: string[]): Promise<Check & { exitCode: number }> {
    const tables = ['audit_events', 'audit_leaves', 'audit_checkpoints'];
    await onDatabase(stack, async (client) => {
      for (const table of tables) {
        await client.query(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      }
      await client.query('ALTER TABLE audit_leaves DROP CONSTRAINT audit_leaves_event_id_fkey');
      await client.query(sql);
    });
    try {
      return await verify(...earlier);
    } finally {
      await onDatabase(stack, async (client) => {
        for (const table of tables) await client.query(`TRUNCATE ${table}`);
        for (const table of tables) {
          await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
          await client.query(`DROP TABLE kept_${table}`);
          await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
        }
        await client.query(
          'ALTER TABLE audit_leaves ADD CONSTRAINT audit_leaves_event_id_fkey FOREIGN KEY (event_id) REFERENCES audit_events(id)',
        );
      });
    }
  }

  const FIFTH = '(SELECT event_id FROM audit_leaves WHERE seq = 5)';

  it.each([
    ['another actor', `UPDATE audit_events SET actor_id = 'somebody' WHERE id = ${FIFTH}`, 'leaf_altered', 5],
    ['another time', `UPDATE audit_events SET at = at + interval '1 second' WHERE id = ${FIFTH}`, 'leaf_altered', 5],
    ['another subject', `UPDATE audit_events SET subject_id = 'x' WHERE id = ${FIFTH}`, 'leaf_altered', 5],
    ['other data', `UPDATE audit_events SET data = '{}' WHERE id = ${FIFTH}`, 'leaf_altered', 5],
    ['another tenant', `UPDATE audit_events SET organization_id = NULL WHERE id = ${FIFTH}`, 'leaf_altered', 5],
    ['an event that is gone', `DELETE FROM audit_events WHERE id = ${FIFTH}`, 'leaf_missing', 5],
    [
      'the end that is gone',
      'DELETE FROM audit_leaves WHERE seq >= (SELECT max(seq) FROM audit_leaves)',
      'ends_early',
      undefined,
    ],
    [
      'two that changed places',
      'UPDATE audit_leaves SET seq = 1000000 WHERE seq = 5; UPDATE audit_leaves SET seq = 5 WHERE seq = 6; UPDATE audit_leaves SET seq = 6 WHERE seq = 1000000',
      'leaf_altered',
      5,
    ],
    [
      'a checkpoint without its signature',
      `UPDATE audit_checkpoints SET note = 'paddock.local/audit'`,
      'checkpoint_invalid',
      undefined,
    ],
  ])('is found out: %s', async (_what, sql, reason, firstBadSeq) => {
    const check = await after(sql);
    expect(check).toMatchObject({
      exitCode: 1,
      verdict: 'tampered',
      reason,
      ...(firstBadSeq === undefined ? {} : { firstBadSeq }),
    });
    expect(await verify(before)).toMatchObject({ exitCode: 0, verdict: 'intact' });
  });

  it('is found out by whoever kept a checkpoint, when an older head is all that is left', async () => {
    const check = await after(
      `DELETE FROM audit_leaves WHERE seq >= (SELECT min(size) FROM audit_checkpoints);
       DELETE FROM audit_checkpoints WHERE size > (SELECT min(size) FROM audit_checkpoints)`,
      before,
    );
    expect(check).toMatchObject({ exitCode: 1, verdict: 'tampered' });
    expect(await verify(before)).toMatchObject({ exitCode: 0, verdict: 'intact' });
  });

  it('goes on, intact, where it was', async () => {
    stack.running.process('controller').kill('SIGCONT');
    await stack.createOrganization('more');
    await sequenced();
    const check = await verify(before);
    expect(check).toMatchObject({ exitCode: 0, verdict: 'intact' });
  });
});
