/** `host/log` and `host/progress`: the same as the protocol's notifications, for those who want to know that they were taken. */
import type { HostService } from './service.js';

export const logService = (): HostService<'host/log' | 'host/progress'> => ({
  handlers: {
    'host/log': async ({ level, message }, call) => {
      call.log(level, message);
      return {};
    },
    'host/progress': async ({ done, total = null, message = null }, call) => {
      call.progress({ done, total, message });
      return {};
    },
  },
});
