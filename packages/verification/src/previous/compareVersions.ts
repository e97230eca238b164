/** What a version does that the published one before it did not: an account that was taken over shows first in an update. */
import { type BundleFile, type Finding, type Manifest, type Provenance, undeclaredGrants } from '@paddock/contracts';
import { provenanceFindings } from './provenance.js';

export interface ComparedVersion {
  readonly version: string;
  readonly manifest: Pick<Manifest, 'capabilities'>;
  readonly files: readonly BundleFile[];
  readonly findings: readonly Finding[];
  readonly provenance: Provenance | null;
}

const TIMES = 5;
/** Below these, five times as much is little. */
const MIN_BYTES = 100_000;
const MIN_FILES = 20;
const MAX_NAMED = 10;

export function differenceFindings(before: ComparedVersion, after: Omit<ComparedVersion, 'version'>): Finding[] {
  const found: Finding[] = [];
  const add = (rule: string, severity: Finding['severity'], message: string, file: string | null = null) =>
    found.push({ rule, severity, message: message.slice(0, 1000), file, line: null, excerpt: null });
  const wider = undeclaredGrants(before.manifest.capabilities, after.manifest.capabilities);
  if (wider.length > 0)
    add(
      'new-capability',
      'medium',
      `It asks for what ${before.version} did not: ${wider.slice(0, MAX_NAMED).join(', ')}.`,
    );
  const known = new Set(before.files.map(({ path }) => path));
  const binaries = after.findings.filter(
    ({ rule, file }) => rule === 'native-binary' && file !== null && !known.has(file),
  );
  for (const { file } of binaries.slice(0, MAX_NAMED))
    add('new-binary', 'medium', `${before.version} had no such program or library.`, file);
  const grown = (what: string, was: number, is: number, min: number) => {
    if (is >= min && is >= was * TIMES)
      add('grown', 'medium', `It has ${is} ${what}, where ${before.version} had ${was}.`);
  };
  grown('bytes', bytesOf(before.files), bytesOf(after.files), MIN_BYTES);
  grown('files', before.files.length, after.files.length, MIN_FILES);
  return [...found, ...provenanceFindings(before, after.provenance)];
}

const bytesOf = (files: readonly BundleFile[]): number => files.reduce((sum, { size }) => sum + size, 0);
