/**
 * Takes secrets out of what is about to be logged, by the name that a value goes under and by the look of a text. It would
 * rather hide too much. It is the last net and no leave to log a secret.
 */
import { SETTINGS, type Setting } from './settings.js';

export const REDACTED = '[redacted]';

/** Names, without case and separators, whose value is a secret whatever it looks like. */
const SECRET_NAME =
  /(?:authorization|cookies?|passwords?|passwd|passphrase|secrets?|tokens?|apikeys?|privatekeys?|signingkeys?|credentials?)$/;
const SECRET_SETTINGS = new Set(
  Object.entries<Setting>(SETTINGS).flatMap(([name, { secret }]) => (secret === true ? [plainName(name)] : [])),
);

/** Texts that are secrets wherever they stand. Quantifiers are bounded where they could otherwise cost quadratic time. */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, REDACTED],
  [/\bpdk_[A-Za-z0-9_-]+/g, `pdk_${REDACTED}`],
  [/\b(Bearer|Basic|Digest)\s{1,8}[A-Za-z0-9._~+/=-]{4,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*/g, REDACTED],
  // user:password@ of a URL; a password may hold a slash, so with a colon the last @ counts
  [/([a-z][a-z0-9+.-]{0,30}:\/\/)(?:[^\s:/?#@]{0,256}:\S{0,1024}|[^\s/?#@]{0,256})@/gi, `$1${REDACTED}@`],
  // headers that are a line of text
  [/((?:authorization|cookie)\s{0,8}[=:]\s{0,8})(?!\[redacted\])[^\r\n"'\\]+/gi, `$1${REDACTED}`],
  [/([?&](?:sig|signature|x-amz-signature|key|code)=)[^\s&#"'\\]+/gi, `$1${REDACTED}`],
  // name=value, name: value and "name":"value", also inside JSON that is itself a text
  [
    /((?:authorization|cookie|password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|credential)s?\\?["']?\s{0,8}[=:]\s{0,8})(?!\[redacted\])(?:"(?:[^"\\]|\\.)*(?:"|$)|\\"(?:[^"\\]|\\[^"])*(?:\\"|$)|'[^']*(?:'|$)|[^\s"',;&}]+)/gi,
    `$1${REDACTED}`,
  ],
];

/** A copy of a value that was parsed from JSON, without secrets. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    // Raw headers are lists in which a value follows its name.
    return value.map((item, at) => (isSecretName(value[at - 1]) ? REDACTED : redact(item)));
  }
  if ('type' in value && value.type === 'Buffer') return '[bytes]';
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      redactText(name),
      isSecretName(name) && item !== null ? REDACTED : redact(item),
    ]),
  );
}

function redactText(text: string): string {
  return SECRET_TEXT.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

function isSecretName(name: unknown): boolean {
  return typeof name === 'string' && (SECRET_NAME.test(plainName(name)) || SECRET_SETTINGS.has(plainName(name)));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
