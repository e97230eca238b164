export * from './artifactStore.js';
export { openArtifacts } from './fileArtifacts.js';
