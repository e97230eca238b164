/** The HTTP application. The order of the middleware is the order of the lines in `createApp`. */
import express, { type Express } from 'express';
import type { ApiContext } from './context.js';
import { serve } from './endpoint.js';
import { console as consolePages } from './middleware/console.js';
import { answerProblem, routeNotFound } from './middleware/problem.js';
import { requestLog } from './middleware/requestLog.js';
import { securityHeaders } from './middleware/securityHeaders.js';
import { openApiDocument } from './openapi.js';
import { loadEndpoints } from './routes.js';

export interface AppOptions {
  /** The folder of the built console; without it, only the API is served. */
  consoleDir?: string | undefined;
}

export async function createApp(context: ApiContext, { consoleDir }: AppOptions = {}): Promise<Express> {
  const endpoints = await loadEndpoints();
  const document = openApiDocument(endpoints);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');

  app.use(requestLog(context.logger));
  app.use(securityHeaders());
  app.get('/openapi.json', (_request, response) => void response.json(document));
  for (const declaration of endpoints) {
    app[declaration.method](declaration.path.replaceAll(/\{(\w+)\}/g, ':$1'), ...serve(declaration, context));
  }
  if (consoleDir !== undefined) app.use(consolePages(consoleDir));
  app.use(routeNotFound);
  app.use(answerProblem(context.logger));
  return app;
}
