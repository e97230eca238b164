/**
 * Secrets that were left in a bundle. Whoever downloads it has them, so they are to be revoked; a finding shows where one
 * stands, and never the secret. It runs inside the scanner's sandbox.
 */
import { holdsPrivateKey } from '@paddock/bundle';
import type { Finding } from '@paddock/contracts';

/** Of a longer file, just the beginning is looked through. */
export const MAX_SECRET_BYTES = 8 * 1024 * 1024;
const MAX_PER_FILE = 5;
/** Shown of a secret: what tells its kind. */
const SHOWN = 4;

interface Kind {
  readonly what: string;
  /** Prefix, alphabet and length, as whoever issues them has them. Each takes time that is linear in the text. */
  readonly pattern: RegExp;
}

const KINDS: readonly Kind[] = [
  { what: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g },
  { what: 'a GitHub token', pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20}\b/g },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: 'a PyPI token', pattern: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,200}/g },
  { what: 'a Slack token', pattern: /\bxox[abprs]-\d{9,14}-[A-Za-z0-9-]{20,80}\b/g },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { what: 'a Stripe secret key', pattern: /\b[sr]k_live_[A-Za-z0-9]{24,99}\b/g },
  { what: 'a token for a registry', pattern: /\/\/[\w.:/-]{1,200}:_authToken=[\w+/=.-]{16,200}/g },
];

/** Documentation's own keys, and what stands where a secret would: runs of one character, or words that say so. */
const PLACEHOLDER = /EXAMPLE|PLACEHOLDER|REDACTED|DUMMY|SAMPLE|YOUR[_-]|CHANGE[_-]?ME|(.)\1{5}|0?123456789|ABCDEFGH/i;
/** Where libraries keep what their tests and pages need. */
const FOR_SHOW = /(?:^|\/)(?:tests?|__tests__|spec|fixtures?|examples?|testdata|docs?)\/|\.(?:md|rst|d\.ts)$/i;

/** @param bytes of a file; binary ones hold machine code and pictures, and are left out. */
export function findSecrets(path: string, bytes: Uint8Array): Finding[] {
  const looked = bytes.subarray(0, MAX_SECRET_BYTES);
  if (looked.subarray(0, 8192).includes(0)) return [];
  const severity = FOR_SHOW.test(path) ? 'medium' : 'high';
  const text = new TextDecoder('latin1').decode(looked);
  const findings: Finding[] = holdsPrivateKey(looked)
    ? [{ ...secret('a private key', severity, path), line: lineOf(text, text.search(/PRIVATE KEY/)) }]
    : [];
  for (const { what, pattern } of KINDS) {
    for (const { 0: match, index } of text.matchAll(pattern)) {
      if (PLACEHOLDER.test(match) || !isRandom(match)) continue;
      if (findings.length === MAX_PER_FILE) return findings;
      const excerpt = `${match.slice(0, SHOWN)}… (${match.length} characters)`;
      findings.push({ ...secret(what, severity, path), line: lineOf(text, index), excerpt });
    }
  }
  return findings;
}

function secret(what: string, severity: 'high' | 'medium', file: string): Finding {
  const message = `It holds ${what}. Whoever has the bundle has it.`;
  const suggestion = 'Revoke it, and take it as a secret of the install.';
  return { rule: 'secret-in-bundle', severity, message, file, line: null, excerpt: null, suggestion };
}

/** A name in camel case has the alphabet of a token, but uses little of it. */
const isRandom = (text: string): boolean => new Set(text.slice(-24)).size >= 9;

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
