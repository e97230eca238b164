/** The console's built files; every page of it is the one index.html, which routes in the browser. */
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';

export function console(dir: string): RequestHandler {
  const router = express.Router();
  router.use(
    express.static(dir, {
      index: 'index.html',
      maxAge: '1h',
      setHeaders: (response, path) => {
        if (path.endsWith('.html')) response.setHeader('Cache-Control', 'no-cache');
      },
    }),
  );
  router.get(/^\/(?!v1\/|openapi\.json$)[^.]*$/, (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(dir, 'index.html'));
  });
  return router;
}
