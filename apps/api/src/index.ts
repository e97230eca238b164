export { createApp } from './app.js';
export { openApiDocument } from './openapi.js';
export { ENDPOINTS } from './routes.js';
