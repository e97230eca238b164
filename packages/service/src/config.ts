/** Turns an environment into a typed configuration, or says all that is wrong with it at once. It never shows a secret. */
import { type Config, SETTINGS, type Setting, type SettingName } from './settings.js';

/** What the catalogue need not know: switches of tests, and the local stack's own folder. */
const FOREIGN = /^PADDOCK_(?:TEST_|STATE_DIR$)/;

export interface ConfigProblem {
  readonly name: string;
  readonly problem: string;
}

/** The environment does not hold what a process needs. The message names every fault and no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config_invalid';
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(
      ['The configuration is not valid:', ...problems.map(({ name, problem }) => `  ${name} ${problem}`)].join('\n'),
    );
  }
}

/**
 * Reads the named settings. A variable that is set to nothing counts as not set.
 *
 * @throws ConfigError for a setting that is missing or wrong, and for any variable that begins with `PADDOCK_` and that
 *   {@link SETTINGS} does not know.
 */
export function loadConfig<K extends SettingName>(keys: readonly K[], env: NodeJS.ProcessEnv): Config<K> {
  const problems = unknownSettings(env);
  const entries = [...new Set(keys)].map((name) => {
    const setting: Setting = SETTINGS[name];
    const text = env[name] || (typeof setting.default === 'function' ? setting.default() : setting.default);
    const result = setting.schema.safeParse(text);
    if (!result.success) {
      const wrong = result.error.issues[0]?.message ?? 'is not valid';
      problems.push({ name, problem: text === undefined ? `is missing. ${setting.description}` : wrong });
    }
    return [name, result.data] as const;
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.fromEntries(entries) as Config<K>;
}

function unknownSettings(env: NodeJS.ProcessEnv): ConfigProblem[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('PADDOCK_') && !(name in SETTINGS) && !FOREIGN.test(name))
    .map((name) => ({ name, problem: `is not a setting. Did you mean ${nearest(name)}?` }));
}

function nearest(name: string): string {
  const known = Object.keys(SETTINGS).map((candidate) => ({ candidate, edits: editDistance(name, candidate) }));
  return known.reduce((best, next) => (next.edits < best.edits ? next : best)).candidate;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
