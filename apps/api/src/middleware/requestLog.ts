/** One log line a request, and an id by which the caller can ask about it. Neither body nor query is logged. */
import { randomUUID } from 'node:crypto';
import type { Logger } from '@paddock/service';
import type { RequestHandler } from 'express';

export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const requestId = randomUUID();
    const start = performance.now();
    response.locals['requestId'] = requestId;
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const ms = Math.round((performance.now() - start) * 10) / 10;
      logger.debug(
        { requestId, method: request.method, path: request.path, status: response.statusCode, ms },
        'request',
      );
    });
    next();
  };
}
