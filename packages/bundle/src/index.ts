/** The bundle's format and its signatures, for browsers and Node alike. Reading a .tgz is Node's part: `@paddock/bundle/read`. */
export { sha256Hex } from './bytes.js';
export { preAuthEncoding, signStatement, type VerifiedEnvelope, verifyEnvelope } from './dsse.js';
export { parseJson } from './json.js';
export { type GeneratedKey, generateKeyPair, importPrivateKey, keyIdOf, type SigningKey } from './keys.js';
export { type BundleLimits, DEFAULT_BUNDLE_LIMITS, MAX_ENVELOPE_BYTES, MAX_MANIFEST_BYTES } from './limits.js';
export { type PackedBundle, type PackInput, packBundle } from './pack.js';
export {
  parsePublishStatement,
  parseVerdictStatement,
  publishStatement,
  type VerdictFacts,
  verdictStatement,
} from './statements.js';
