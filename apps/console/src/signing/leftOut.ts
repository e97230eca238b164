/** Which files of a folder stay out of a bundle. The command line packs by the same rules: see `paddock pack`. */
import { FolderError } from './folderError.js';

export const IGNORE_FILE = '.paddockignore';

/** Dependencies, hidden files, bundles and their signatures, keys: none of these is ever uploaded. */
const ALWAYS = ['node_modules', '.*', '*.tgz', '*.tgz.sig.json', '*.pem', '*.key'];

/**
 * @param ignoreText of `.paddockignore`: a glob a line, with `*`, `**` and `?`; with a slash inside it is about paths, else about names
 * @throws FolderError for a line with `!`, which would be read as taking something back in
 */
export function leftOutRule(ignoreText: string): (path: string) => boolean {
  const lines = ignoreText
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const taken = lines.find((line) => line.startsWith('!'));
  if (taken !== undefined)
    throw new FolderError(
      `${IGNORE_FILE} has a line that is not taken.`,
      `${taken} would take something back in that stays out.`,
    );
  const globs = [...ALWAYS, ...lines].map((line) => line.replace(/\/+$/, ''));
  const isNamed = (path: string) =>
    globs.some((glob) => patternOf(glob).test(glob.includes('/') ? path : (path.split('/').at(-1) ?? '')));
  // A rule that names a folder is about all that is in it.
  return (path) => path.split('/').some((_part, index, parts) => isNamed(parts.slice(0, index + 1).join('/')));
}

const WILD: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/^\//, '')
    .replaceAll(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (part) => WILD[part] ?? `\\${part}`);
  return new RegExp(`^${source}$`);
}
