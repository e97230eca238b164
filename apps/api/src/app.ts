/** The HTTP application. The order of the middleware is the order of the lines in `createApp`. */
import { REGISTRY_KEYS_PATH } from '@paddock/contracts';
import express, { type Express } from 'express';
import type { ApiContext } from './context.js';
import { serve } from './endpoint.js';
import { console as consolePages } from './middleware/console.js';
import { answerProblem, routeNotFound } from './middleware/problem.js';
import { registryKeys } from './middleware/registryKeys.js';
import { requestLog } from './middleware/requestLog.js';
import { securityHeaders } from './middleware/securityHeaders.js';
import { openApiDocument } from './openapi.js';
import { ENDPOINTS } from './routes.js';

export interface AppOptions {
  /** The folder of the built console; without it, only the API is served. */
  consoleDir?: string | undefined;
  /** The registry's public keys. */
  registryKeysFile: string;
}

export function createApp(context: ApiContext, { consoleDir, registryKeysFile }: AppOptions): Express {
  // Drawn when it is first asked for, as that takes as long as half of the start.
  let document: ReturnType<typeof openApiDocument> | undefined;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');

  app.use(requestLog(context.logger));
  app.use(securityHeaders());
  app.get(REGISTRY_KEYS_PATH, registryKeys(registryKeysFile));
  app.get('/openapi.json', (_request, response) => {
    document ??= openApiDocument(ENDPOINTS);
    response.json(document);
  });
  for (const declaration of ENDPOINTS) {
    app[declaration.method](declaration.path.replaceAll(/\{(\w+)\}/g, ':$1'), ...serve(declaration, context));
  }
  if (consoleDir !== undefined) app.use(consolePages(consoleDir));
  app.use(routeNotFound);
  app.use(answerProblem(context.logger));
  return app;
}
