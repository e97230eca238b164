/** `host/kv`: the install's key-value store, which outlives its runs. Reached as the tenant, under row-level security. */
import { HOST_LIMITS, PaddockError } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import type { HostService, ServedRun } from './service.js';

export function kvService(
  { claim }: ServedRun,
  { db }: { db: Database },
): HostService<'host/kv.get' | 'host/kv.put' | 'host/kv.delete' | 'host/kv.list'> {
  const tenant = db.forTenant(claim.organizationId);
  const { installId } = claim;
  return {
    handlers: {
      'host/kv.get': ({ key }) => tenant.getKvEntry(installId, key),
      'host/kv.put': ({ value, ...write }) => {
        const json = JSON.stringify(value);
        if (Buffer.byteLength(json) > HOST_LIMITS.kvValueBytes)
          throw new PaddockError('kv_quota_exceeded', `A value has ${HOST_LIMITS.kvValueBytes} bytes at most.`);
        return tenant.putKvEntry(installId, { ...write, value: json });
      },
      'host/kv.delete': (entry) => tenant.deleteKvEntry(installId, entry),
      'host/kv.list': (page) => tenant.listKvEntries(installId, page),
    },
  };
}
