/** The texts that Python's literals and codecs give. */

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** A literal's text, without its prefix and quotes. */
export function unquoted(literal: string): string | null {
  const match = /^([a-zA-Z]{0,3})("""|'''|"|')([\s\S]*)\2$/.exec(literal);
  if (match === null) return null;
  const [, prefix = '', , body = ''] = match;
  if (/r/i.test(prefix)) return body;
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (_all, x, u, long, other) => {
      const hex = (x ?? u ?? long) as string | undefined;
      if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
      return ESCAPES[other as string] ?? `\\${other as string}`;
    },
  );
}

/** What one of Python's codecs makes of a text; null where it is none that is known. */
export function decodedBy(value: string, how: string): string | null {
  if (/^base64/i.test(how)) return Buffer.from(value, 'base64').toString('latin1');
  if (/^hex/i.test(how)) return Buffer.from(value, 'hex').toString('latin1');
  if (/^rot.?13/i.test(how))
    return value.replace(/[a-z]/gi, (letter) => {
      const base = letter <= 'Z' ? 65 : 97;
      return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
    });
  return /^utf|ascii|latin/i.test(how) ? value : null;
}
