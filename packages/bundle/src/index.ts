/** The bundle's format and its signatures, for browsers and Node alike. Reading a .tgz is Node's part: `@paddock/bundle/read`. */
export { sha256Hex } from './bytes.js';
export {
  addSignature,
  faultOf,
  type KeyPolicy,
  preAuthEncoding,
  readEnvelope,
  signStatement,
  type VerifiedEnvelope,
  verifyEnvelope,
} from './dsse.js';
export { holdsPrivateKey, IGNORE_FILE, IgnoreFileError, leftOutRule } from './folderRules.js';
export {
  isSigstoreBundle,
  type PublisherCheck,
  type PublisherPolicy,
  type PublisherWord,
  type RegistryCheck,
  type SignedByIdentity,
  type SigstoreVerifier,
  verifyCountersignature,
  verifyFiles,
  verifyPublisher,
} from './integrity.js';
export { parseJson } from './json.js';
export {
  type GeneratedKey,
  generateKeyPair,
  importPrivateKey,
  keyIdOf,
  publicKeyOfPem,
  publicKeyPem,
  type SigningKey,
} from './keys.js';
export {
  type BundleLimits,
  DEFAULT_BUNDLE_LIMITS,
  MAX_ENVELOPE_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_PROVENANCE_BYTES,
} from './limits.js';
export { checkToolSchemas, parseManifest } from './manifest.js';
export { type PackedBundle, type PackInput, packBundle } from './pack.js';
export { type ProvenanceCheck, verifyProvenance } from './provenance.js';
export { parseRegistryKeys, registryKeysDocument } from './registryKeys.js';
export {
  parsePublishStatement,
  parseVerdictStatement,
  publishStatement,
  type VerdictFacts,
  verdictStatement,
} from './statements.js';
