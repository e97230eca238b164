/** A process for runProcess.test.ts: PADDOCK_TEST_MODE says how it behaves. It notes on standard output what it starts and stops. */
import { runProcess } from './runProcess.js';

const mode = process.env['PADDOCK_TEST_MODE'];
const note = (what: string) => process.stdout.write(`${JSON.stringify({ note: what })}\n`);
const forever = () => new Promise<void>(() => {});

await runProcess({
  name: 'fixture',
  settings: ['REDIS_URL', 'PADDOCK_QUEUE_PREFIX'],
  start: async ({ config, logger, onStop, addCheck, signal }) => {
    logger.info({ config }, 'configuration');
    setInterval(() => {}, 1000);
    onStop('first', () => void note('stop first'));
    onStop('second', async () => {
      note('stop second');
      if (mode === 'stop-throws') throw new Error('second would not stop');
      if (mode === 'stop-hangs') await forever();
    });
    addCheck('database', async () => {
      if (mode === 'unready') throw new Error('down');
    });
    if (mode === 'start-throws') throw new Error('nothing to start');
    if (mode === 'slow-start' || mode === 'breaks-off') {
      note('starting');
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      if (mode === 'breaks-off') signal.throwIfAborted();
      onStop('late', () => void note('stop late'));
    }
    if (mode === 'throws-later')
      setImmediate(() => {
        throw new Error('thrown');
      });
    if (mode === 'rejects-later') setImmediate(() => void Promise.reject('no error'));
    return () => void note('stop last');
  },
});
note('resolved');
