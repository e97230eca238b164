/** The controller process: keeps the stored state true. Any number of them may run; the database lets one at a time do each chore. */
import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openArtifacts } from '@paddock/artifacts';
import { formatCheckpoint, signNote } from '@paddock/audit';
import { openDatabase } from '@paddock/db';
import { openQueues } from '@paddock/queue';
import { runProcess } from '@paddock/service';
import { type Chore, startChores } from './chores.js';
import { enqueueRescans } from './enqueueRescans.js';
import { flagVersions } from './flagVersions.js';
import { repairRuns } from './repairRuns.js';
import { repairVerifications } from './repairVerifications.js';
import { sweepArtifacts } from './sweepArtifacts.js';
import { tellTenants } from './tellTenants.js';

await runProcess({
  name: 'controller',
  settings: [
    'DATABASE_URL',
    'REDIS_URL',
    'PADDOCK_QUEUE_PREFIX',
    'PADDOCK_ARTIFACTS_DIR',
    'PADDOCK_AUDIT_KEY_FILE',
    'PADDOCK_AUDIT_ORIGIN',
  ],
  async start({ config, logger, onStop, addCheck }) {
    const actor = { type: 'process', id: `controller:${randomUUID()}` } as const;
    const privateKey = createPrivateKey(await readFile(config.PADDOCK_AUDIT_KEY_FILE, 'utf8'));
    const origin = config.PADDOCK_AUDIT_ORIGIN;
    const db = openDatabase({ url: config.DATABASE_URL, maxConnections: 5 });
    onStop('database', () => db.close());
    addCheck('database', () => db.ping());
    const queues = openQueues({
      url: config.REDIS_URL,
      prefix: config.PADDOCK_QUEUE_PREFIX,
      onError: (err) => logger.warn({ err }, 'queue'),
    });
    onStop('queues', () => queues.close());
    addCheck('queues', () => queues.ping());

    const artifacts = await openArtifacts({ dir: config.PADDOCK_ARTIFACTS_DIR });
    const chores: Chore[] = [
      { name: 'expire leases, find lost runs', everyMs: 1000, work: () => repairRuns(db, queues, actor) },
      { name: 'find lost verifications', everyMs: 5000, work: () => repairVerifications(db, queues) },
      { name: 'flag versions by new advisories', everyMs: 2000, work: () => flagVersions(db, actor) },
      { name: 'scan what is published by newer rules', everyMs: 5000, work: () => enqueueRescans(db, queues) },
      { name: 'tell tenants, upgrade installs', everyMs: 2000, work: () => tellTenants(db, actor) },
      { name: 'sweep expired keys', everyMs: 10_000, work: () => db.system.sweepKvEntries(1000) },
      { name: 'sweep bytes that nothing refers to', everyMs: 600_000, work: () => sweepArtifacts(db, artifacts) },
      {
        name: 'sequence the audit trail',
        everyMs: 500,
        work: () =>
          db.system.sequenceAudit(({ size, rootHash }) =>
            signNote(formatCheckpoint({ origin, size, root: rootHash }), { name: origin, privateKey }),
          ),
      },
    ];
    onStop('chores', startChores(chores, logger));
  },
});
