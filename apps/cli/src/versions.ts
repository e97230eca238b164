/** A version in words: what the verification came to, and what it noticed. */
import type { Version } from '@paddock/client';
import { table } from './output.js';

const WORDS: Partial<Record<Version['state'], string>> = { verifying: 'being verified', review: 'in review' };
const EXCERPT_CHARS = 60;

const NEXT: Partial<Record<Version['state'], string>> = {
  verifying: 'Its verification is under way.',
  accepted: 'It can be published: paddock approve',
  review: 'An admin of another organization decides: paddock approve, or paddock reject',
};

export function describeVersion(version: Version): string {
  const { id, plugin, version: number, state, verdict, sha256, findings } = version;
  const rows = findings.map(({ severity, rule, file, line, message, excerpt }) => [
    severity,
    rule,
    file === null || line === null ? file : `${file}:${line}`,
    message,
    excerpt === null ? null : excerpt.trim().slice(0, EXCERPT_CHARS),
  ]);
  const next = NEXT[state];
  return [
    `${plugin}@${number} is ${WORDS[state] ?? state}${verdict === null ? '' : `; verdict: ${verdict}`}`,
    `id     ${id}`,
    `sha256 ${sha256}`,
    ...(verdict === null ? [] : ['', table(['severity', 'rule', 'where', 'finding', 'code'], rows, 'No findings.')]),
    ...(next === undefined ? [] : ['', next.startsWith('It can') ? `${next} ${id}` : next]),
  ].join('\n');
}
