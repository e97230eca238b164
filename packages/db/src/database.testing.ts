/** A database of a test's own on the server that PADDOCK_TEST_DATABASE_URL names, migrated, and dropped afterwards. */
import { randomBytes } from 'node:crypto';
import type { Actor, IsolationLevel, Manifest } from '@paddock/contracts';
import { Client } from 'pg';
import { type Database, openDatabase } from './database.js';
import { migrate } from './migrate.js';

export const ACTOR: Actor = { type: 'process', id: 'test' };

export interface TestDatabase {
  url: string;
  db: Database;
  /** A connection as the owner, for what no door offers. */
  owner: Client;
  drop(): Promise<void>;
}

export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['PADDOCK_TEST_DATABASE_URL'];
  if (server === undefined)
    throw new Error('PADDOCK_TEST_DATABASE_URL names no PostgreSQL server: run this by `npm test`.');
  const name = `paddock_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const db = openDatabase({ url: url.href });
  const owner = new Client({ connectionString: url.href });
  await owner.connect();
  return {
    url: url.href,
    db,
    owner,
    async drop() {
      await owner.end();
      await db.close();
      const admin = new Client({ connectionString: server });
      await admin.connect();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

const MANIFEST: Manifest = {
  name: 'acme/echo',
  version: '1.0.0',
  description: 'Echo',
  runtime: 'node',
  entry: 'main.mjs',
  tools: [{ name: 'echo', description: 'Echo', inputSchema: {} }],
  capabilities: {},
  limits: {},
  minIsolation: 'L1',
};

/** An install of a published version, and what to make runs of it with. */
export async function publishedInstall(db: Database) {
  const { organization } = await db.system.createOrganization(ACTOR, {
    slug: 'acme',
    displayName: 'Acme',
    platform: false,
  });
  const tenant = db.forTenant(organization.id);
  const { version } = await tenant.createVersion(ACTOR, {
    publisher: 'acme',
    name: 'echo',
    version: '1.0.0',
    artifactSha256: 'a'.repeat(64),
    size: 1,
    envelope: new Uint8Array([1]),
    signers: [{ type: 'key', keyId: 'b'.repeat(64) }],
    requiredSignatures: 1,
    provenance: null,
  });
  const waiting = await db.system.beginVerification(version.id);
  if (waiting === null) throw new Error('the version does not wait for its verification');
  await db.system.recordVerification(ACTOR, waiting, {
    verdict: 'accepted',
    findings: [],
    scanners: [{ name: 'test', version: '1' }],
    evidence: [],
    profile: null,
    packages: [],
    manifest: MANIFEST,
    countersignature: new Uint8Array([2]),
  });
  await tenant.decideVersion(ACTOR, version.id, { to: 'published', from: ['accepted'], by: 'publisher' });
  const install = await tenant.createInstall(ACTOR, {
    plugin: 'acme/echo',
    grants: {},
    limits: {},
    isolation: 'install',
    minIsolation: 'L1',
    upgradePolicy: 'none',
  });
  const newRun = async (idempotency?: { key: string; requestHash: string }, minIsolation: IsolationLevel = 'L1') => {
    const terms = { grants: {}, limits: {}, isolation: 'install', upgradePolicy: 'none' } as const;
    const request = { plugin: 'acme/echo', ...terms, minIsolation };
    const { id } = minIsolation === 'L1' ? install : await tenant.createInstall(ACTOR, request);
    return tenant.createRun(ACTOR, {
      installId: id,
      tool: 'echo',
      input: {},
      idempotency,
      check: async () => undefined,
    });
  };
  return { organization, tenant, version, install, newRun };
}
