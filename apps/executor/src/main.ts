/** An executor process: proves its isolation, registers, then takes runs from the queue. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openArtifacts } from '@paddock/artifacts';
import { type IsolationLevel, PaddockError, RUNTIMES, type TrustedKey } from '@paddock/contracts';
import { openDatabase } from '@paddock/db';
import { openQueues } from '@paddock/queue';
import { openSandboxHost, SandboxPool } from '@paddock/sandbox';
import { runProcess } from '@paddock/service';
import type { ExecutorContext } from './context.js';
import { executeRun } from './executeRun.js';
import { PreparedVersions } from './preparedVersions.js';

const ORPHANS_EVERY_MS = 60_000;
const SIGN_OF_LIFE_EVERY_MS = 10_000;
const MAX_SANDBOX_AGE_MS = 3_600_000;
const MAX_RUNS_PER_SANDBOX = 10_000;

await runProcess({
  name: 'executor',
  settings: [
    'DATABASE_URL',
    'REDIS_URL',
    'DOCKER_HOST',
    'PADDOCK_QUEUE_PREFIX',
    'PADDOCK_ARTIFACTS_DIR',
    'PADDOCK_SCRATCH_DIR',
    'PADDOCK_REGISTRY_PUBLIC_KEYS_FILE',
    'PADDOCK_RUNTIME_NODE_IMAGE',
    'PADDOCK_SECCOMP_FILE',
    'PADDOCK_EXECUTOR_CONCURRENCY',
    'PADDOCK_EXECUTOR_MAX_SANDBOXES',
    'PADDOCK_LEASE_MS',
    'PADDOCK_SANDBOX_IDLE_MS',
  ],
  async start({ config, logger, onStop, addCheck }) {
    const executorId = randomUUID();
    const actor = { type: 'process', id: `executor:${executorId}` } as const;
    const scratch = join(config.PADDOCK_SCRATCH_DIR, 'executor');

    const host = await openSandboxHost({
      docker: { socketPath: config.DOCKER_HOST.replace(/^unix:\/\//, '') },
      seccompProfile: await readFile(config.PADDOCK_SECCOMP_FILE, 'utf8'),
      images: { node: config.PADDOCK_RUNTIME_NODE_IMAGE },
      ownerId: `executor-${createHash('sha256').update(`${hostname()}\0${scratch}`).digest('hex').slice(0, 12)}:${executorId}`,
    });
    const orphans = await host.removeOrphans();
    if (orphans > 0) logger.warn({ orphans }, 'removed what an earlier process left');
    const report = await host.probeIsolation();
    if (report.level === 'refuse') {
      const missing = report.controls.filter((control) => !control.held);
      logger.fatal({ missing }, 'this host can’t apply every control');
      throw new PaddockError('isolation_insufficient', missing.map((control) => control.name).join(', '));
    }
    const isolationLevel: IsolationLevel = report.level;

    const db = openDatabase({ url: config.DATABASE_URL, maxConnections: 20 });
    onStop('database', () => db.close());
    addCheck('database', () => db.ping());
    const queues = openQueues({
      url: config.REDIS_URL,
      prefix: config.PADDOCK_QUEUE_PREFIX,
      onError: (err) => logger.warn({ err }, 'queue'),
    });
    onStop('queues', () => queues.close());
    addCheck('queues', () => queues.ping());

    const pool = new SandboxPool(host, {
      maxSandboxes: config.PADDOCK_EXECUTOR_MAX_SANDBOXES,
      idleMs: config.PADDOCK_SANDBOX_IDLE_MS,
      maxAgeMs: MAX_SANDBOX_AGE_MS,
      maxRuns: MAX_RUNS_PER_SANDBOX,
    });
    onStop('sandboxes', () => pool.close());
    const versions = await PreparedVersions.open({
      db,
      artifacts: await openArtifacts({ dir: config.PADDOCK_ARTIFACTS_DIR }),
      dir: join(scratch, 'bundles'),
      registryKeys: JSON.parse(await readFile(config.PADDOCK_REGISTRY_PUBLIC_KEYS_FILE, 'utf8')) as TrustedKey[],
    });

    const capacity = config.PADDOCK_EXECUTOR_CONCURRENCY;
    await db.system.registerExecutor(actor, {
      id: executorId,
      hostname: hostname(),
      isolationLevel,
      runtimes: RUNTIMES,
      capacity,
      controls: report.controls,
    });
    onStop('registration', () => db.system.removeExecutor(executorId));
    const chores = [
      setInterval(
        () =>
          void db.system
            .touchExecutor(executorId)
            .catch((err: unknown) => logger.warn({ err }, 'no sign of life given')),
        SIGN_OF_LIFE_EVERY_MS,
      ),
      setInterval(
        () => void host.removeOrphans().catch((err: unknown) => logger.warn({ err }, 'orphans not removed')),
        ORPHANS_EVERY_MS,
      ),
    ];
    onStop('chores', async () => chores.forEach(clearInterval));

    const executor: ExecutorContext = {
      executorId,
      actor,
      db,
      queues,
      pool,
      versions,
      isolationLevel,
      leaseMs: config.PADDOCK_LEASE_MS,
      runningRuns: new Map(),
      logger,
    };
    await queues.onSignal('run.cancel', (runId) => executor.runningRuns.get(runId)?.look());
    const consumer = queues.consume('runs', (job) => executeRun(job, executor), { concurrency: capacity });
    onStop('runs', async () => {
      // What is nearly done may end; what isn't by half the time allowed is given back for another executor.
      const giveBack = setTimeout(() => {
        for (const lease of executor.runningRuns.values()) lease.stop('draining');
      }, config.PADDOCK_DRAIN_MS / 2);
      await consumer.close();
      clearTimeout(giveBack);
    });
    logger.info({ executorId, isolationLevel, capacity }, 'taking runs');
  },
});
