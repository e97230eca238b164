export * from './blobs.js';
export * from './client.js';
export { download } from './download.js';
export * from './follow.js';
export type { components, paths } from './schema.js';
