/** Whether a version comes from where the one before it came from. It is told, and held against nobody: builders do change. */
import type { Finding, Provenance, Signer } from '@paddock/contracts';

const FIELDS: readonly [what: string, of: (provenance: Provenance) => string][] = [
  ['the builder', ({ builder }) => builder],
  ['the source repository', ({ source }) => source?.repository ?? 'none'],
  ['who states it', ({ signers }) => signers.map(signerName).sort().join(', ')],
];

/** A finding when the version before had a provenance, and this one has none, or another builder, source or signer. */
export function provenanceFindings(
  before: { version: string; provenance: Provenance | null },
  after: Provenance | null,
): Finding[] {
  if (before.provenance === null) return [];
  if (after === null)
    return [
      finding(
        'provenance-missing',
        `It has no provenance, where ${before.version} had one, by ${before.provenance.builder}.`,
      ),
    ];
  return FIELDS.map(([what, of]) => ({ what, was: of(before.provenance as Provenance), is: of(after) }))
    .filter(({ was, is }) => was !== is)
    .map(({ what, was, is }) =>
      finding('provenance-changed', `By its provenance, ${what} is ${is}; of ${before.version}, ${was}.`),
    );
}

/** A workflow's identity ends with the ref that it ran on, which is another one for each release. */
const signerName = (signer: Signer): string =>
  signer.type === 'key' ? `key ${signer.keyId}` : `${signer.identity.replace(/@refs\/.*$/, '')} (${signer.issuer})`;

const finding = (rule: string, message: string): Finding => ({
  rule,
  severity: 'low',
  message: message.slice(0, 1000),
  file: null,
  line: null,
  excerpt: null,
});
