/** Limits on the command line: `memoryBytes=67108864`. */
import { PartialLimits } from '@paddock/contracts';
import { CliError } from './errors.js';

/** @throws CliError `usage` for a limit that there is not, or a value out of its range */
export function parseLimits(texts: readonly string[]): PartialLimits {
  const entries = texts.map((text) => {
    const [, name, value] = /^([A-Za-z]+)=(\d+)$/.exec(text) ?? [];
    if (name === undefined)
      throw new CliError(
        'usage',
        `--limit takes <name>=<whole number>, not “${text}”. Names: ${Object.keys(PartialLimits.shape).join(', ')}.`,
      );
    return [name, Number(value)] as const;
  });
  const parsed = PartialLimits.safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: `--limit ${path.map(String).join('.')}`.trim(),
    message,
  }));
  throw new CliError('usage', 'A limit can’t be taken.', issues);
}

export const describeLimits = (limits: PartialLimits): string =>
  Object.entries(limits)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
