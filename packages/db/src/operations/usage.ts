/** What runs consumed, summed by install. */

import type { InstallUsage } from '@paddock/contracts';
import type { z } from 'zod';
import type { Tx } from '../transaction.js';

export interface UsagePeriod {
  from: Date;
  to: Date;
}

/** Every install with settled attempts in the period, most CPU time first. */
export async function summariseUsage(tx: Tx, { from, to }: UsagePeriod): Promise<z.infer<typeof InstallUsage>[]> {
  return tx.$queryRaw`
    SELECT u.install_id AS "installId", p.publisher || '/' || p.name AS plugin, count(*)::int AS runs,
           sum(u.cpu_us)::float8 AS "cpuUs", sum(u.wall_ms) AS "wallMs", sum(u.memory_byte_ms)::float8 AS "memoryByteMs",
           sum(u.io_read_bytes)::float8 AS "ioReadBytes", sum(u.io_write_bytes)::float8 AS "ioWriteBytes",
           sum(u.output_bytes)::float8 AS "outputBytes",
           sum(u.host_calls)::float8 AS "hostCalls", sum(u.host_request_bytes)::float8 AS "hostRequestBytes",
           sum(u.host_answer_bytes)::float8 AS "hostAnswerBytes", max(u.peak_memory_bytes)::float8 AS "maxPeakMemoryBytes"
    FROM usage_records u JOIN installs i ON i.id = u.install_id JOIN versions v ON v.id = i.version_id JOIN plugins p ON p.id = v.plugin_id
    WHERE u.created_at >= ${from} AND u.created_at < ${to}
    GROUP BY u.install_id, p.publisher, p.name
    ORDER BY sum(u.cpu_us) DESC, u.install_id`;
}
