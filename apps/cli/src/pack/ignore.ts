/** Which files of a plugin's folder stay out of its bundle: what never belongs there, and what `.paddockignore` names. */
import { basename } from 'node:path/posix';
import { CliError } from '../errors.js';

export const IGNORE_FILE = '.paddockignore';

/** Dependencies, hidden files, bundles and their signatures, keys. */
const ALWAYS = ['node_modules', '.*', '*.tgz', '*.tgz.sig.json', '*.pem', '*.key'];

/**
 * @param text of `.paddockignore`: one glob a line with `*`, `**` and `?`, `#` for comments. A glob without a slash is about
 *   names in every folder, one with a slash about paths from the plugin's folder on; either may name a folder.
 * @throws CliError `usage` for `!`, which is not taken: it would be read as leaving something in that stays out.
 */
export function ignoreRule(text: string): (path: string) => boolean {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const negated = lines.find((line) => line.startsWith('!'));
  if (negated !== undefined)
    throw new CliError('usage', `${IGNORE_FILE}: “${negated}” can’t be taken back, as ! is not taken.`);
  const rules = [...ALWAYS, ...lines]
    .map((line) => line.replace(/\/+$/, ''))
    .map((glob) => {
      const pattern = globPattern(glob.replace(/^\//, ''));
      return glob.includes('/') ? (path: string) => pattern.test(path) : (path: string) => pattern.test(basename(path));
    });
  return (path) => rules.some((rule) => rule(path));
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
