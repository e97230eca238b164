/** What of a plugin's folder stays out of its bundle, for everybody who packs one: in a shell or in a browser. */

/** Lies in the plugin's folder and names what else stays out. */
export const IGNORE_FILE = '.paddockignore';

/** Dependencies, byte code, hidden files, bundles and their signatures, keys: none of these is ever uploaded. */
const ALWAYS = ['node_modules', '__pycache__', '.*', '*.tgz', '*.tgz.sig.json', '*.pem', '*.key'];

/** A line of {@link IGNORE_FILE} that is not taken: one with `!` would be read as leaving something in that stays out. */
export class IgnoreFileError extends Error {
  override readonly name = 'IgnoreFileError';
  constructor(readonly line: string) {
    super(`${IGNORE_FILE}: “${line}” can’t be taken back, as ! is not taken.`);
  }
}

/**
 * @param ignoreText of {@link IGNORE_FILE}: one glob a line with `*`, `**` and `?`, `#` for comments. A glob without a slash
 *   is about names in every folder, one with a slash about paths from the plugin's folder on; either may name a folder, and
 *   then all that is in it.
 * @throws IgnoreFileError
 */
export function leftOutRule(ignoreText: string): (path: string) => boolean {
  const lines = ignoreText
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const negated = lines.find((line) => line.startsWith('!'));
  if (negated !== undefined) throw new IgnoreFileError(negated);
  const rules = [...ALWAYS, ...lines]
    .map((line) => line.replace(/\/+$/, ''))
    .map((glob) => {
      const pattern = patternOf(glob.replace(/^\//, ''));
      return (path: string) => pattern.test(glob.includes('/') ? path : (path.split('/').at(-1) ?? ''));
    });
  return (path) =>
    path.split('/').some((_part, index, parts) => {
      const upTo = parts.slice(0, index + 1).join('/');
      return rules.some((rule) => rule(upTo));
    });
}

const WILD: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function patternOf(glob: string): RegExp {
  const source = glob.replaceAll(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (part) => WILD[part] ?? `\\${part}`);
  return new RegExp(`^${source}$`);
}

/** A PEM block's first line with something of its content, as a file or within a string. Code that only names the line passes. */
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]|["'`+,])*(?:[A-Za-z0-9+/]{24}|Proc-Type:|Version:)/;

/** Whether a file holds a private key: whoever installs a bundle with its publisher's could sign as the publisher. */
export function holdsPrivateKey(data: Uint8Array): boolean {
  // latin1 gives each byte one character, whatever the file holds.
  return PRIVATE_KEY.test(new TextDecoder('latin1').decode(data));
}
