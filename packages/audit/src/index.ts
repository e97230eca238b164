export * from './checkpoint.js';
export * from './errors.js';
export * from './leaf.js';
export type { NoteSigner, VerifiedNote, Verifier } from './note.js';
export { parseVerifierKey, signNote, verifierKey, verifyNote } from './note.js';
export * from './proofs.js';
export * from './trail.js';
export type { SerialisedRange } from './tree.js';
export { CompactRange, emptyRoot, leafHash, nodeHash, rootOf } from './tree.js';
