/** The API process: wires the application to its parts and serves it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { openArtifacts } from '@paddock/artifacts';
import { loadSigstore } from '@paddock/bundle/sigstore';
import { openDatabase } from '@paddock/db';
import { openQueues } from '@paddock/queue';
import { loadKeyring } from '@paddock/secrets';
import { runProcess } from '@paddock/service';
import { createApp } from './app.js';
import { watchSettledRuns } from './settledRuns.js';
import { createToolSchemas } from './toolSchemas.js';

await runProcess({
  name: 'api',
  settings: [
    'DATABASE_URL',
    'REDIS_URL',
    'PADDOCK_QUEUE_PREFIX',
    'PADDOCK_HTTP_PORT',
    'PADDOCK_ARTIFACTS_DIR',
    'PADDOCK_CONSOLE_DIR',
    'PADDOCK_MAX_BUNDLE_BYTES',
    'PADDOCK_UPLOAD_TIMEOUT_MS',
    'PADDOCK_WAIT_MAX_SECONDS',
    'PADDOCK_AUDIT_VERIFIER_KEY',
    'PADDOCK_REGISTRY_PUBLIC_KEYS_FILE',
    'PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE',
    'PADDOCK_SECRETS_KEY_FILE',
  ],
  async start({ config, logger, signal, onStop, addCheck }) {
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
    const artifacts = await openArtifacts({ dir: config.PADDOCK_ARTIFACTS_DIR });

    const app = createApp(
      {
        db,
        queues,
        artifacts,
        settledRuns: await watchSettledRuns(queues, signal),
        toolSchemas: createToolSchemas(),
        sigstore: await loadSigstore(config.PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE),
        secretKeys: await loadKeyring(config.PADDOCK_SECRETS_KEY_FILE),
        logger,
        maxBundleBytes: config.PADDOCK_MAX_BUNDLE_BYTES,
        uploadTimeoutMs: config.PADDOCK_UPLOAD_TIMEOUT_MS,
        waitMaxSeconds: config.PADDOCK_WAIT_MAX_SECONDS,
        auditVerifierKey: config.PADDOCK_AUDIT_VERIFIER_KEY,
      },
      { consoleDir: config.PADDOCK_CONSOLE_DIR, registryKeysFile: config.PADDOCK_REGISTRY_PUBLIC_KEYS_FILE },
    );
    const server = createServer({ requestTimeout: 300_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 }, app);
    // While draining, each connection ends with the answer under way: a busy client would otherwise never let go of it.
    server.prependListener('request', (_request, response) => {
      if (signal.aborted) response.setHeader('Connection', 'close');
    });
    server.listen(config.PADDOCK_HTTP_PORT, config.PADDOCK_HTTP_HOST);
    await once(server, 'listening');
    onStop('server', async () => {
      const closed = once(server, 'close');
      server.close();
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      await closed;
      clearInterval(sweep);
    });
    logger.info({ address: server.address() }, 'listening');
  },
});
