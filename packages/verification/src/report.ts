/**
 * What the scanner answers from inside its sandbox. Whoever reads it applies {@link ScanReport} first: a bundle that took the
 * scanner over could have written it, so it can only ever make a version's verdict worse, and its files are compared with
 * the signed list.
 */
import { BundleFile, ERRORS, type ErrorCode, Finding, Manifest, type ScannerVersion } from '@paddock/contracts';
import { z } from 'zod';
import { BYTE_RULES_DIGEST } from './bytes/rules.js';
import { ABILITIES } from './rules/defineRule.js';
import { Component, MAX_COMPONENTS } from './sbom/component.js';

/**
 * Names the rules and the engine that a verdict rests on. Its version begins with a whole number, which is raised with
 * either: what is published is then scanned again. A test asks for it whenever the program is another one.
 */
export const SCANNER: ScannerVersion = { name: 'paddock-scanner', version: `4+bytes.${BYTE_RULES_DIGEST}` };

/** More than every rule together can report. */
export const MAX_FINDINGS = 1000;

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

export const ScanFailure = z.strictObject({
  error: z.strictObject({
    code: z.enum(codes),
    detail: z.string().max(1000).nullable(),
    issues: z.array(z.strictObject({ path: z.string().max(300), message: z.string().max(1000) })).max(50),
  }),
});
export type ScanFailure = z.infer<typeof ScanFailure>;

export const ScanSuccess = z.strictObject({
  /** Sorted by path, by code unit. */
  files: z.array(BundleFile).min(1).max(10_000),
  manifest: Manifest,
  findings: z.array(Finding).max(MAX_FINDINGS),
  components: z.array(Component).max(MAX_COMPONENTS),
  /** What the code can do, each with the first place that shows it. */
  detected: z
    .array(z.strictObject({ ability: z.enum(ABILITIES), file: z.string().max(255), line: z.int().min(1).nullable() }))
    .max(ABILITIES.length),
});
export type ScanSuccess = z.infer<typeof ScanSuccess>;

export const ScanReport = z.union([ScanSuccess, ScanFailure]);
export type ScanReport = z.infer<typeof ScanReport>;
