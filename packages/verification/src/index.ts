/** Bytes, trust and policy in, a verdict out: no database, no network, no container. */
export { buildScanner } from './buildScanner.js';
export { type IntegrityInput, verifyFiles, verifyIntegrity } from './integrity.js';
export { checkManifest } from './manifest.js';
export { decide, VERDICT_FOR } from './policy.js';
export { SCANNER, ScanFailure, ScanReport, ScanSuccess } from './report.js';
export type { Rule } from './rules/defineRule.js';
export { RULES } from './rules/index.js';
