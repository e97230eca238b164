/** An executor process: proves its isolation, registers, then takes runs from the queue. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openArtifacts } from '@paddock/artifacts';
import { readRegistryKeys } from '@paddock/bundle/read';
import { loadSigstore } from '@paddock/bundle/sigstore';
import { openDatabase } from '@paddock/db';
import { openQueues } from '@paddock/queue';
import { openProvenHost, SandboxPool, sandboxOwner } from '@paddock/sandbox';
import { loadKeyring } from '@paddock/secrets';
import { runProcess } from '@paddock/service';
import type { ExecutorContext } from './context.js';
import { executeRun } from './executeRun.js';
import { addressPolicy, parseNetwork } from './hostServices/http/addresses.js';
import { GivenSecrets } from './hostServices/secrets.js';
import { PreparedVersions } from './preparedVersions.js';
import { RunIntake } from './runIntake.js';
import { watchIsolation } from './watchIsolation.js';
import { watchProofs } from './watchProofs.js';
import { watchRevocations } from './watchRevocations.js';

const ORPHANS_EVERY_MS = 60_000;
const SIGN_OF_LIFE_EVERY_MS = 10_000;
/** It also bounds how long a sandbox can go on when executor and engine are both gone. */
const MAX_SANDBOX_AGE_MS = 600_000;
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
    'PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE',
    'PADDOCK_RUNTIME_NODE_IMAGE',
    'PADDOCK_RUNTIME_PYTHON_IMAGE',
    'PADDOCK_RUNTIME_NATIVE_IMAGE',
    'PADDOCK_SECCOMP_FILE',
    'PADDOCK_APPARMOR_PROFILE',
    'PADDOCK_GVISOR_RUNTIME',
    'PADDOCK_PROBE_EVERY_MS',
    'PADDOCK_EXECUTOR_CONCURRENCY',
    'PADDOCK_EXECUTOR_MAX_SANDBOXES',
    'PADDOCK_EXECUTOR_MEMORY_BYTES',
    'PADDOCK_EXECUTOR_MAX_SPARES',
    'PADDOCK_LEASE_MS',
    'PADDOCK_SANDBOX_IDLE_MS',
    'PADDOCK_FETCH_ALLOWED_NETWORKS',
    'PADDOCK_FETCH_DNS_SERVERS',
    'PADDOCK_SECRETS_KEY_FILE',
  ],
  async start({ config, logger, onStop, addCheck }) {
    const executorId = randomUUID();
    const actor = { type: 'process', id: `executor:${executorId}` } as const;
    const scratch = join(config.PADDOCK_SCRATCH_DIR, 'executor');

    const { host, isolation, orphans } = await openProvenHost({
      docker: { socketPath: config.DOCKER_HOST.replace(/^unix:\/\//, '') },
      seccompProfile: await readFile(config.PADDOCK_SECCOMP_FILE, 'utf8'),
      images: {
        node: config.PADDOCK_RUNTIME_NODE_IMAGE,
        python: config.PADDOCK_RUNTIME_PYTHON_IMAGE,
        native: config.PADDOCK_RUNTIME_NATIVE_IMAGE,
      },
      gvisorRuntime: config.PADDOCK_GVISOR_RUNTIME,
      apparmorProfile: config.PADDOCK_APPARMOR_PROFILE,
      ownerId: sandboxOwner('executor', scratch, executorId),
    });
    if (orphans > 0) logger.warn({ orphans }, 'removed what an earlier process left');
    addCheck('isolation', async () => {
      if (isolation.level === 'refuse') throw new Error('this host can’t apply every control');
    });

    const runtimes = await host.runtimes();

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
      memoryBytes: config.PADDOCK_EXECUTOR_MEMORY_BYTES,
      maxSpares: config.PADDOCK_EXECUTOR_MAX_SPARES,
      idleMs: config.PADDOCK_SANDBOX_IDLE_MS,
      maxAgeMs: MAX_SANDBOX_AGE_MS,
      maxRuns: MAX_RUNS_PER_SANDBOX,
    });
    onStop('sandboxes', () => pool.close());
    const artifacts = await openArtifacts({ dir: config.PADDOCK_ARTIFACTS_DIR });
    const versions = await PreparedVersions.open({
      db,
      artifacts,
      dir: join(scratch, 'bundles'),
      sigstore: await loadSigstore(config.PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE),
      registryKeys: () => readRegistryKeys(config.PADDOCK_REGISTRY_PUBLIC_KEYS_FILE),
    });

    const capacity = config.PADDOCK_EXECUTOR_CONCURRENCY;
    const registration = () => ({
      id: executorId,
      hostname: hostname(),
      isolationLevel: isolation.level,
      runtimes,
      capacity,
      controls: isolation.report.controls,
    });
    await db.system.registerExecutor(actor, registration());
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
      artifacts,
      isolation,
      runtimes,
      leaseMs: config.PADDOCK_LEASE_MS,
      runningRuns: new Map(),
      secretKeys: await loadKeyring(config.PADDOCK_SECRETS_KEY_FILE),
      givenSecrets: new GivenSecrets(),
      http: {
        addresses: addressPolicy(config.PADDOCK_FETCH_ALLOWED_NETWORKS.map(parseNetwork)),
        dnsServers: config.PADDOCK_FETCH_DNS_SERVERS,
      },
      logger,
    };
    onStop('revocations', await watchRevocations(executor));
    onStop('proofs', watchProofs(executor));
    await queues.onSignal('run.cancel', (runId) => executor.runningRuns.get(runId)?.look());
    const intake = new RunIntake(queues, (job) => executeRun(job, executor), capacity);
    await intake.follow(isolation.level);
    onStop('runs', async () => {
      // What is nearly done may end; what isn't by half the time allowed is given back for another executor.
      const giveBack = setTimeout(() => {
        for (const lease of executor.runningRuns.values()) lease.stop('draining');
      }, config.PADDOCK_DRAIN_MS / 2);
      await intake.close();
      clearTimeout(giveBack);
    });
    const unwatch = watchIsolation({
      isolation,
      everyMs: config.PADDOCK_PROBE_EVERY_MS,
      follow: () => intake.follow(isolation.level),
      register: () => db.system.changeExecutorIsolation(actor, registration()),
      logger,
    });
    onStop('isolation', unwatch);
    logger.info({ executorId, isolation: isolation.report.places, runtimes, capacity }, 'taking runs');
  },
});
