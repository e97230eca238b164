import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACTOR, publishedInstall, type TestDatabase, testDatabase } from './database.testing.js';
import type { VerificationReport } from './operations/verification.js';

const PASSED: VerificationReport = {
  verdict: 'accepted',
  findings: [],
  scanners: [{ name: 'test', version: '2' }],
  evidence: [],
  profile: null,
  packages: [],
  manifest: null,
  countersignature: new Uint8Array([3]),
};
const FAILED: VerificationReport = { ...PASSED, verdict: 'rejected', countersignature: null };

let database: TestDatabase;
let id: string;
beforeAll(async () => {
  database = await testDatabase();
  ({ id } = (await publishedInstall(database.db)).version);
});
afterAll(() => database.drop());

const request = () => database.db.system.requestVerification(ACTOR, id);
const begin = () => database.db.system.beginVerification(id);
async function verified(report: VerificationReport) {
  const version = await begin();
  if (version === null) throw new Error('it does not wait');
  return { version, recorded: await database.db.system.recordVerification(ACTOR, version, report) };
}
const countersignature = async () => (await database.db.system.getVersionSignatures(id)).countersignature;
const now = async () => {
  const { state, verdict, verifiedAt, verificationRequestedAt } = await database.db.system.getVersion(id);
  return { state, verdict, verifiedAt, waits: verificationRequestedAt !== null };
};

it('what is published and verified anew stays published, and keeps its countersignature until another one is there', async () => {
  const before = await now();
  expect(await begin()).toBeNull();
  expect(await request()).toMatchObject({ state: 'published' });
  expect(await now()).toEqual({ ...before, waits: true });
  const asked = await request();
  expect((await request()).verificationRequestedAt).toBe(asked.verificationRequestedAt);
  expect(await database.db.system.listStuckVersions(new Date(Date.now() + 1000), 10)).toEqual([id]);

  // A job comes twice: the second one's report is nobody's.
  const twice = await begin();
  const first = await verified(FAILED);
  expect(first.version).toMatchObject({ isOut: true, released: [], attempt: 2 });
  expect(first.recorded).toBe(true);
  expect(await now()).toEqual({ ...before, verdict: 'rejected' });
  expect(await countersignature()).toEqual(new Uint8Array([2]));
  expect(twice && (await database.db.system.recordVerification(ACTOR, twice, PASSED))).toBe(false);

  await request();
  expect((await verified(PASSED)).version.attempt).toBe(1);
  const after = await now();
  expect(after).toMatchObject({ state: 'published', verdict: 'accepted', waits: false });
  expect(Date.parse(after.verifiedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(before.verifiedAt ?? ''));
  expect(new Uint8Array((await countersignature()) ?? [])).toEqual(new Uint8Array([3]));
  expect(await begin()).toBeNull();
});

it('what is revoked meanwhile gets no word more, and is not verified again', async () => {
  await request();
  const version = await begin();
  await database.db.system.decideVersion(ACTOR, id, { to: 'revoked', from: ['published'], by: 'admin', reason: 'r' });
  expect(version && (await database.db.system.recordVerification(ACTOR, version, PASSED))).toBe(false);
  expect(await begin()).toBeNull();
  expect(await now()).toMatchObject({ state: 'revoked' });
});
