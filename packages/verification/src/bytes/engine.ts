/**
 * YARA-X, as WebAssembly. It is loaded when it is first needed, as its 6 MB take a moment, from the package's own files: the
 * scanner's sandbox has them beside the program, and no network.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { ByteRule } from './byteRule.js';

const PACKAGE = '@virustotal/yara-x';

export interface Match {
  readonly rule: ByteRule;
  /** Where each string of the rule was found, in bytes, in no order. */
  readonly offsets: readonly number[];
}

/** Looks through bytes by some rules. `path` is what conditions call so. */
export type Search = (path: string, bytes: Uint8Array) => Match[];

/**
 * Compiles rules to a search. A search that was interrupted MUST NOT be used again.
 * @param maxMatches of each string; what lies beyond is left out
 * @throws Error for a rule that is none
 */
export async function compile(rules: readonly ByteRule[], maxMatches: number): Promise<Search> {
  const { Compiler } = await engine();
  const compiler = new Compiler();
  compiler.defineGlobal('path', '');
  for (const rule of rules)
    compiler.addSource(`rule ${nameOf(rule)} { strings: ${rule.strings} condition: ${rule.condition} }`);
  const scanner = compiler.build().scanner();
  scanner.setMaxMatchesPerPattern(maxMatches);
  const byName = new Map(rules.map((rule) => [nameOf(rule), rule]));
  return (path, bytes) => {
    scanner.setGlobal('path', path);
    const { valid, matches } = scanner.scan(bytes);
    if (!valid) throw new Error('YARA-X could not look through a file.');
    return matches.flatMap(({ identifier, patterns }) => {
      const rule = byName.get(identifier);
      if (rule === undefined) return [];
      return [
        {
          rule,
          offsets: patterns.flatMap((pattern) => pattern.matches.map(({ offset }) => offset)),
        },
      ];
    });
  };
}

const nameOf = ({ id }: ByteRule): string => id.replaceAll('-', '_');

/** What is used of the package, whose own types are for a browser. */
interface Yara {
  initSync(options: { module: Uint8Array }): void;
  readonly Compiler: new () => {
    defineGlobal(name: string, value: string): void;
    addSource(source: string): void;
    build(): { scanner(): Scanner };
  };
}

interface Scanner {
  setMaxMatchesPerPattern(count: number): void;
  setGlobal(name: string, value: string): void;
  scan(bytes: Uint8Array): {
    valid: boolean;
    matches: { identifier: string; patterns: { matches: { offset: number }[] }[] }[];
  };
}

let loaded: Promise<Yara> | undefined;

function engine(): Promise<Yara> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Yara> {
  const folder = dirname(createRequire(import.meta.url).resolve(PACKAGE));
  const [yara, module] = await Promise.all([
    import(PACKAGE) as Promise<Yara>,
    readFile(join(folder, 'yara_x_js_bg.wasm')),
  ]);
  // To optimize it while it runs takes a second of a process that lives for one, and makes no search faster.
  setFlagsFromString('--liftoff-only');
  yara.initSync({ module });
  return yara;
}
