export { seed, type Seeded, type SeededOrganization } from './local/stack/seed.js';
export { type Stack, type StackOptions, startStack } from './local/stack/startStack.js';
