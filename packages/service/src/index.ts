export * from './config.js';
export * from './health.js';
export * from './logger.js';
export * from './runProcess.js';
export * from './settings.js';
export type { Stop } from './shutdown.js';
