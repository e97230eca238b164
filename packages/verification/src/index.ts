/** Bytes, trust and policy in, a verdict out: no database, no network, no container. */
export type { Detected } from './abilities.js';
export { advisoryFindings, matchAdvisories } from './advisories/matchAdvisories.js';
export { buildScanner } from './buildScanner.js';
export { checkManifest } from './manifest.js';
export { lookAlikeFindings } from './names/lookAlikes.js';
export { decide, VERDICT_FOR } from './policy.js';
export { type ComparedVersion, differenceFindings } from './previous/compareVersions.js';
export { SCANNER, ScanFailure, ScanReport, ScanSuccess } from './report.js';
export type { Rule } from './rules/defineRule.js';
export { RULES } from './rules/index.js';
export { Component } from './sbom/component.js';
export { packageUrl, sbomDocument } from './sbom/document.js';
export { licenseFindings } from './sbom/licenses.js';
export { checkOrder } from './versionOrder.js';
