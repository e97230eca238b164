/**
 * Postgres behind two doors, each with a pool of its own. `forTenant(id)` runs as a role that owns nothing, under row-level
 * security, and sees that organization alone; `system` is for the platform's own processes and for what has no tenant yet.
 * There is no third way.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client.js';
import { InstallVersions } from './operations/createRun.js';
import { type SystemDoor, systemDoor } from './system.js';
import { type TenantDoor, tenantDoor } from './tenant.js';

export interface Database {
  forTenant(organizationId: string): TenantDoor;
  readonly system: SystemDoor;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A PostgreSQL URL of the role that owns the tables. */
  url: string;
  /** Connections of each door at most; what comes beyond waits. */
  maxConnections?: number;
}

/** Opens the database; the schema must be up to date (see {@link migrate}). */
export function openDatabase({ url, maxConnections = 10 }: DatabaseOptions): Database {
  const common = { connectionString: url, max: maxConnections, application_name: 'paddock' };
  const systemPool = new Pool(common);
  // A session of this pool is the tenant's role before anybody gets it: whatever a caller forgets, it can't be the owner.
  const tenantPool = new Pool({
    ...common,
    pipeline: true,
    // Waited for: a session that can't become that role is closed, and given to nobody.
    onConnect: async (client) => {
      await client.query('SET ROLE paddock_tenant');
    },
  });
  const pools = [systemPool, tenantPool];
  // An idle connection that the server drops is replaced by the pool; without a listener it would end the process.
  for (const pool of pools) pool.on('error', () => undefined);
  const [system, tenants] = pools.map((pool) => new PrismaClient({ adapter: new PrismaPg(pool) })) as [
    PrismaClient,
    PrismaClient,
  ];
  const installVersions = new InstallVersions();
  return {
    forTenant: (organizationId) => tenantDoor(tenants, tenantPool, organizationId, installVersions),
    system: systemDoor(system, systemPool),
    ping: async () => {
      await systemPool.query('SELECT 1');
    },
    close: async () => {
      await Promise.all([system, tenants].map((prisma) => prisma.$disconnect()));
      await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
    },
  };
}
