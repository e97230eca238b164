export { repositoryRoot } from './local/folders.js';
export { buildGoPlugin } from './local/goPlugin.js';
export { processEnvironment } from './local/stack/processEnvironment.js';
export { type SeededOrganization, seed } from './local/stack/seed.js';
export { startStackProcess } from './local/stack/stackProcess.js';
export { type Stack, type StackOptions, startStack } from './local/stack/startStack.js';
