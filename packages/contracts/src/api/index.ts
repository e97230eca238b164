export * from './audit.js';
export * from './common.js';
export * from './installs.js';
export * from './organizations.js';
export * from './plugins.js';
export * from './runs.js';
