export { type Seeded, type SeededOrganization, seed } from './local/stack/seed.js';
export { type Stack, type StackOptions, startStack } from './local/stack/startStack.js';
