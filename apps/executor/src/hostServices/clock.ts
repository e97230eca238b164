/** `host/clock`: the host's time, and how much of it is left. */
import type { HostService } from './service.js';

export const clockService = (): HostService<'host/clock.now'> => ({
  handlers: {
    'host/clock.now': async (_params, { remainingMs }) => ({ unixMs: Date.now(), remainingMs: remainingMs() }),
  },
});
