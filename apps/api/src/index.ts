export { createApp } from './app.js';
export { openApiDocument } from './openapi.js';
export { loadEndpoints } from './routes.js';
