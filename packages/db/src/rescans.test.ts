import { MAX_RESCAN_ATTEMPTS } from '@paddock/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTOR, publishedInstall, type TestDatabase, testDatabase } from './database.testing.js';

/** Newer than the `test` 1 that verified. */
const SCANNER = { name: 'test', version: '2+rules.1' };

describe('the versions to scan again', () => {
  let database: TestDatabase;
  let made: Awaited<ReturnType<typeof publishedInstall>>;
  beforeAll(async () => {
    database = await testDatabase();
    made = await publishedInstall(database.db);
  });
  afterAll(() => database.drop());

  const due = (scanner = SCANNER, before = new Date(Date.now() + 1000)) =>
    database.db.system.listVersionsToRescan(scanner, { before, limit: 10 });
  const begin = (id: string, scanner = SCANNER) => database.db.system.beginRescan(id, scanner);

  it('come the most installed first, and of those the newest', async () => {
    const copy = async (version: string, published: string) => {
      const { rows } = await database.owner.query<{ id: string }>(
        `INSERT INTO versions (id, plugin_id, organization_id, version, state, artifact_sha256, size, envelope, signers, published_at)
         SELECT gen_random_uuid(), plugin_id, organization_id, $1, 'published', artifact_sha256, size, envelope, signers, $2
         FROM versions WHERE id = $3 RETURNING id`,
        [version, published, made.version.id],
      );
      const id = rows[0]?.id ?? '';
      await database.owner.query(
        `INSERT INTO verifications (id, version_id, organization_id, verdict, findings, scanners)
         SELECT gen_random_uuid(), $1, organization_id, verdict, findings, scanners FROM verifications WHERE version_id = $2`,
        [id, made.version.id],
      );
      return id;
    };
    const old = await copy('1.1.0', '2020-01-01');
    const recent = await copy('1.2.0', '2030-01-01');
    expect(await due()).toEqual([made.version.id, recent, old]);
    expect(await due({ ...SCANNER, version: '1+rules.9' })).toEqual([]);
    await database.owner.query(`UPDATE versions SET state = 'yanked' WHERE id = ANY($1::uuid[])`, [[old, recent]]);
    expect(await due()).toEqual([made.version.id]);
  });

  it('are begun a few times at most by each scanner, and are done with once', async () => {
    const { id } = made.version;
    for (let attempt = 1; attempt <= MAX_RESCAN_ATTEMPTS; attempt += 1) expect(await begin(id)).toBe(attempt);
    expect([await begin(id), await due()]).toEqual([null, []]);

    const newer = { ...SCANNER, version: '10+rules.0' };
    expect(await begin(id, newer)).toBe(1);
    expect(await due(newer, new Date(0))).toEqual([]);
    expect(await due(newer)).toEqual([id]);
    expect(await begin(id, SCANNER)).toBeNull();
    const report = { verdict: 'accepted', findings: [], flagged: [] } as const;
    const record = (scanner: typeof SCANNER) => database.db.system.recordRescan(ACTOR, id, scanner, report);
    expect([await record(SCANNER), await record(newer), await record(newer)]).toEqual([false, true, false]);
    expect([await begin(id, newer), await due(newer)]).toEqual([null, []]);
  });
});
