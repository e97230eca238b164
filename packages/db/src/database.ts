/**
 * Postgres behind two doors. `forTenant(id)` runs as a role that owns nothing, under row-level security, and sees that
 * organization alone; `system` is for the platform's own processes and for what has no tenant yet. There is no third way.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client.js';
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
  /** Connections at most; what comes beyond waits. */
  maxConnections?: number;
}

/** Opens the database; the schema must be up to date (see {@link migrate}). */
export function openDatabase({ url, maxConnections = 10 }: DatabaseOptions): Database {
  const pool = new Pool({ connectionString: url, max: maxConnections, application_name: 'paddock' });
  // An idle connection that the server drops is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    forTenant: (organizationId) => tenantDoor(prisma, pool, organizationId),
    system: systemDoor(prisma, pool),
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}
