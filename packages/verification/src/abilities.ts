/** What a bundle's code can do, beside what its manifest says: a tenant sees both, and what was granted. */
import type { Capabilities, Finding, Severity } from '@paddock/contracts';
import { ABILITIES, type Ability } from './rules/defineRule.js';

/** An ability, and the first place that shows it. */
export interface Detected {
  readonly ability: Ability;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number | null;
}

/** An ability with what shows it. */
export interface Shown extends Detected {
  /** Null for source, where the rules' own findings have excerpts. */
  readonly symbols: string | null;
}

/** How much it matters that code has an ability which the manifest does not tell of. */
const UNDECLARED: Readonly<Record<Ability, Severity>> = {
  network: 'medium',
  process: 'medium',
  filesystem: 'info',
  environment: 'info',
  eval: 'low',
  native: 'info',
  crypto_mining: 'high',
  persistence: 'low',
  obfuscation: 'low',
};

/**
 * The same for machine code. What stands around a call in a script tells what it is for, and rules weigh that; a program
 * shows only that the call is there, so a person looks.
 */
const UNDECLARED_IN_PROGRAM = { ...UNDECLARED, network: 'high', process: 'high' } as const;

const SUGGESTIONS: Partial<Record<Ability, string>> = {
  network:
    'Declare the hosts in http and have the host fetch from them: a sandbox has no network. Leave it out otherwise.',
  environment: 'Declare in secrets what it needs, and ask the host for it: a sandbox’s environment is empty.',
};

/** Whether a manifest tells of an ability; of most, none can. */
const isDeclared = (ability: Ability, { http, secrets }: Capabilities): boolean =>
  (ability === 'network' && (http?.length ?? 0) > 0) || (ability === 'environment' && (secrets?.length ?? 0) > 0);

/** The first of each ability, in the order of {@link ABILITIES}. */
export function firstOfEach(all: readonly Shown[]): Detected[] {
  return ABILITIES.flatMap((name) => {
    const first = all.find(({ ability }) => ability === name);
    return first === undefined ? [] : [{ ability: name, file: first.file, line: first.line }];
  });
}

/** What was detected and not declared: of each ability the first in source, and the first in machine code. */
export function undeclared(all: readonly Shown[], capabilities: Capabilities): Finding[] {
  return [true, false].flatMap((inProgram) => {
    const severities = inProgram ? UNDECLARED_IN_PROGRAM : UNDECLARED;
    const there = all.filter(({ symbols }) => (symbols !== null) === inProgram);
    return ABILITIES.flatMap((name): Finding[] => {
      const first = there.find(({ ability }) => ability === name);
      if (first === undefined || severities[name] === 'info' || isDeclared(name, capabilities)) return [];
      return [
        {
          rule: `undeclared-${name.replaceAll('_', '-')}`,
          severity: severities[name],
          message: `Its code shows an ability that its manifest does not declare: ${name.replaceAll('_', ' ')}.`,
          file: first.file,
          line: first.line,
          excerpt: first.symbols,
          suggestion: SUGGESTIONS[name] ?? 'Leave it out if no tool needs it.',
        },
      ];
    });
  });
}
