/** A verifier process: builds the scanner, proves its sandboxes' isolation, then takes verifications from the queue. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { openArtifacts } from '@paddock/artifacts';
import { loadSigstore } from '@paddock/bundle/sigstore';
import { openDatabase } from '@paddock/db';
import { openQueues } from '@paddock/queue';
import { openProvenHost, SandboxPool, sandboxOwner } from '@paddock/sandbox';
import { runProcess } from '@paddock/service';
import { buildScanner } from '@paddock/verification';
import type { VerifierContext } from './context.js';
import { readRegistryKey } from './registryKey.js';
import { rescanVersion } from './rescanVersion.js';
import { verifyVersion } from './verifyVersion.js';

/** A verification holds a scanner of up to 768 MiB. */
const CONCURRENCY = 2;

await runProcess({
  name: 'verifier',
  settings: [
    'DATABASE_URL',
    'REDIS_URL',
    'DOCKER_HOST',
    'PADDOCK_QUEUE_PREFIX',
    'PADDOCK_ARTIFACTS_DIR',
    'PADDOCK_SCRATCH_DIR',
    'PADDOCK_REGISTRY_KEY_FILE',
    'PADDOCK_REGISTRY_PUBLIC_KEYS_FILE',
    'PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE',
    'PADDOCK_RUNTIME_NODE_IMAGE',
    'PADDOCK_RUNTIME_PYTHON_IMAGE',
    'PADDOCK_RUNTIME_NATIVE_IMAGE',
    'PADDOCK_SECCOMP_FILE',
    'PADDOCK_APPARMOR_PROFILE',
    'PADDOCK_SCAN_MS',
    'PADDOCK_DETONATION_CALL_MS',
  ],
  async start({ config, logger, onStop, addCheck }) {
    const instance = randomUUID();
    const scratch = join(config.PADDOCK_SCRATCH_DIR, 'verifier');
    await rm(scratch, { recursive: true, force: true });
    await mkdir(join(scratch, 'bundles'), { recursive: true });

    const { host } = await openProvenHost({
      docker: { socketPath: config.DOCKER_HOST.replace(/^unix:\/\//, '') },
      seccompProfile: await readFile(config.PADDOCK_SECCOMP_FILE, 'utf8'),
      images: {
        node: config.PADDOCK_RUNTIME_NODE_IMAGE,
        python: config.PADDOCK_RUNTIME_PYTHON_IMAGE,
        native: config.PADDOCK_RUNTIME_NATIVE_IMAGE,
      },
      apparmorProfile: config.PADDOCK_APPARMOR_PROFILE,
      ownerId: sandboxOwner('verifier', scratch, instance),
    });

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
    const pool = new SandboxPool(host, {
      maxSandboxes: CONCURRENCY * 2,
      memoryBytes: totalmem(),
      maxSpares: 0,
      idleMs: 1000,
      maxAgeMs: 600_000,
      maxRuns: 100,
    });
    onStop('sandboxes', () => pool.close());

    const registryKey = () =>
      readRegistryKey(config.PADDOCK_REGISTRY_KEY_FILE, config.PADDOCK_REGISTRY_PUBLIC_KEYS_FILE);
    await registryKey();
    const verifier: VerifierContext = {
      actor: { type: 'process', id: `verifier:${instance}` },
      db,
      artifacts: await openArtifacts({ dir: config.PADDOCK_ARTIFACTS_DIR }),
      pool,
      scanner: await buildScanner(join(scratch, 'scanner')),
      scratchDir: join(scratch, 'bundles'),
      scanMs: config.PADDOCK_SCAN_MS,
      detonationCallMs: config.PADDOCK_DETONATION_CALL_MS,
      registryKey,
      sigstore: await loadSigstore(config.PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE),
      logger,
    };
    const consumer = queues.consume('verifications', (job) => verifyVersion(job, verifier), {
      concurrency: CONCURRENCY,
    });
    onStop('verifications', () => consumer.close());
    // One at a time, and beside the uploads, so that neither waits for the other.
    const rescans = queues.consume('rescans', (job) => rescanVersion(job, verifier), { concurrency: 1 });
    onStop('rescans', () => rescans.close());
    logger.info('taking verifications');
  },
});
