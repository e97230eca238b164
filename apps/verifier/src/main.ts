/** A verifier process: builds the scanner, proves its sandboxes' isolation, then takes verifications from the queue. */
import { createHash, createPublicKey, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openArtifacts } from '@paddock/artifacts';
import { keyIdOf } from '@paddock/bundle';
import { PaddockError } from '@paddock/contracts';
import { openDatabase } from '@paddock/db';
import { openQueues } from '@paddock/queue';
import { openSandboxHost, SandboxPool } from '@paddock/sandbox';
import { runProcess } from '@paddock/service';
import { buildScanner } from '@paddock/verification';
import type { VerifierContext } from './context.js';
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
    'PADDOCK_RUNTIME_NODE_IMAGE',
    'PADDOCK_SECCOMP_FILE',
  ],
  async start({ config, logger, onStop, addCheck }) {
    const instance = randomUUID();
    const scratch = join(config.PADDOCK_SCRATCH_DIR, 'verifier');
    await rm(scratch, { recursive: true, force: true });
    await mkdir(join(scratch, 'bundles'), { recursive: true });

    const host = await openSandboxHost({
      docker: { socketPath: config.DOCKER_HOST.replace(/^unix:\/\//, '') },
      seccompProfile: await readFile(config.PADDOCK_SECCOMP_FILE, 'utf8'),
      images: { node: config.PADDOCK_RUNTIME_NODE_IMAGE },
      ownerId: `verifier-${createHash('sha256').update(`${hostname()}\0${scratch}`).digest('hex').slice(0, 12)}:${instance}`,
    });
    await host.removeOrphans();
    const report = await host.probeIsolation();
    if (report.level === 'refuse') {
      const missing = report.controls.filter((control) => !control.held);
      logger.fatal({ missing }, 'this host can’t apply every control');
      throw new PaddockError('isolation_insufficient', missing.map((control) => control.name).join(', '));
    }

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
    const pool = new SandboxPool(host, { maxSandboxes: CONCURRENCY * 2, idleMs: 1000, maxAgeMs: 600_000, maxRuns: 1 });
    onStop('sandboxes', () => pool.close());

    const privateKeyPem = await readFile(config.PADDOCK_REGISTRY_KEY_FILE, 'utf8');
    const publicKey = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' }).toString('base64');
    const verifier: VerifierContext = {
      actor: { type: 'process', id: `verifier:${instance}` },
      db,
      artifacts: await openArtifacts({ dir: config.PADDOCK_ARTIFACTS_DIR }),
      pool,
      scanner: await buildScanner(join(scratch, 'scanner')),
      scratchDir: join(scratch, 'bundles'),
      registryKey: { privateKeyPem, keyId: await keyIdOf(publicKey) },
      logger,
    };
    const consumer = queues.consume('verifications', (job) => verifyVersion(job, verifier), {
      concurrency: CONCURRENCY,
    });
    onStop('verifications', () => consumer.close());
    logger.info('taking verifications');
  },
});
