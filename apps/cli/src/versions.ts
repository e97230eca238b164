/** Versions as people name them, and in words: what the verification came to, what it noticed, what was decided. */
import { type PaddockClient, unwrap, type Version } from '@paddock/client';
import { describeProvenance, PaddockError } from '@paddock/contracts';
import { CliError } from './errors.js';
import { parsePluginSpec } from './installs.js';
import { printable, table } from './output.js';

const WORDS: Partial<Record<Version['state'], string>> = { verifying: 'being verified', review: 'in review' };
const EXCERPT_CHARS = 60;

const NEXT: Partial<Record<Version['state'], string>> = {
  verifying: 'Its verification is under way.',
  accepted: 'It can be published: paddock approve',
  review: 'An admin of another organization decides: paddock approve, or paddock reject',
};

/**
 * @param spec a version's id, or publisher/name@version.
 * @throws CliError `usage`; PaddockError `not_found`; ApiError
 */
export async function findVersion(client: PaddockClient, spec: string): Promise<Version> {
  if (!spec.includes('/')) return unwrap(client.GET('/v1/versions/{id}', { params: { path: { id: spec } } }));
  const { version } = parsePluginSpec(spec);
  if (version === undefined) throw new CliError('usage', `Which version? Say ${spec}@….`);
  const query = { plugin: spec, limit: 1 };
  const [found] = (await unwrap(client.GET('/v1/versions', { params: { query } }))).items;
  if (found === undefined) throw new PaddockError('not_found', `There is no ${spec}.`);
  return found;
}

/** `deprecated: use the other one (acme/other)`; null when nothing is said of it. */
export function describeDeprecation(deprecation: Version['deprecation']): string | null {
  if (deprecation === null) return null;
  const { message, replacement } = deprecation;
  return `deprecated: ${message}${replacement === null ? '' : ` (${replacement})`}`;
}

/** What came to be known of a version since it was verified, a line each. */
export const describeFlags = ({ advisories, laterFindings }: Pick<Version, 'advisories' | 'laterFindings'>): string[] =>
  [
    ...advisories.map(({ id, severity, summary }) => `flagged by ${id} (${severity}): ${summary}`),
    ...laterFindings.map(
      ({ rule, severity, file }) =>
        `flagged by the newer rule ${rule} (${severity})${file === null ? '' : ` in ${file}`}`,
    ),
  ].map(printable);

export function describeVersion(version: Version): string {
  const { id, plugin, version: number, state, verdict, sha256, findings, provenance, decision, deprecation } = version;
  const rows = findings.map(({ severity, rule, file, line, message, excerpt, suggestion }) => [
    severity,
    rule,
    file === null || line === null ? file : `${file}:${line}`,
    suggestion === undefined ? message : `${message} ${suggestion}`,
    excerpt === null ? null : excerpt.trim().slice(0, EXCERPT_CHARS),
  ]);
  const next = NEXT[state];
  return [
    `${plugin}@${number} is ${WORDS[state] ?? state}${verdict === null ? '' : `; verdict: ${verdict}`}`,
    `id     ${id}`,
    `sha256 ${sha256}`,
    ...(provenance === null ? [] : [printable(describeProvenance(provenance))]),
    ...(decision?.reason
      ? [`${decision.by === 'admin' ? 'an admin' : 'its publisher'} says: ${printable(decision.reason)}`]
      : []),
    ...describeFlags(version),
    ...(deprecation === null ? [] : [printable(describeDeprecation(deprecation) ?? '')]),
    ...(verdict === null ? [] : ['', table(['severity', 'rule', 'where', 'finding', 'code'], rows, 'No findings.')]),
    ...(next === undefined ? [] : ['', next.startsWith('It can') ? `${next} ${id}` : next]),
  ].join('\n');
}
