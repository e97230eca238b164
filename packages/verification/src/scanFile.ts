/**
 * Applies the rules to one file. Bounded in size and time, and what can't be scanned is itself a finding: code that the
 * scanner does not understand is never taken for code that it found nothing in.
 */
import type { Finding } from '@paddock/contracts';
import type { AnyNode } from 'acorn';
import { DeadlineExceeded, withDeadline } from './deadline.js';
import { excerptOf, printable } from './excerpt.js';
import { type Fact, MAX_STRING } from './facts/facts.js';
import { factsOf } from './facts/javascript.js';
import { pythonFacts } from './facts/python.js';
import { walk } from './facts/walk.js';
import { nativeFacts, UnnamedFunctions } from './native/nativeFacts.js';
import { parseCode } from './parseCode.js';
import type { FactTest, Language, Rule, ScannedFile, Surroundings } from './rules/defineRule.js';
import { RULES } from './rules/index.js';
import { constantOf } from './rules/syntax.js';

/** Larger code than this is not parsed. */
export const MAX_CODE_BYTES = 4 * 1024 * 1024;
/** For parsing and for all rules together. */
export const FILE_TIMEOUT_MS = 30_000;
/** Of one rule in one file; more of the same tell nobody more. */
const MAX_PER_FILE = 5;
/** Of one rule in one file, for the rules that look at what stands together. */
const MAX_HITS = 500;

/** What a rule found, and where. */
export interface Hit {
  readonly rule: Rule;
  readonly offset: number;
  /** Counted from 1; machine code has none. */
  readonly line: number | null;
  readonly excerpt: string;
}

export interface FileScan {
  readonly file: ScannedFile;
  /** Null for what is no code. */
  readonly language: Language | null;
  readonly around: Surroundings;
  readonly rules?: readonly Rule[];
  readonly timeoutMs?: number;
}

export interface ScanOfFile {
  readonly findings: Finding[];
  /** All that rules found in code, those too whose severity is too low to be told. */
  readonly hits: readonly Hit[];
}

/** A file's findings, in the order of the rules. */
export function scanFile({ file, language, around, rules = RULES, timeoutMs = FILE_TIMEOUT_MS }: FileScan): ScanOfFile {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.match.on === 'file' && rule.match.matches(file, around)) findings.push(findingOf(rule, file.path));
  }
  if (language === null) return { findings, hits: [] };
  try {
    const hits = withDeadline(timeoutMs, () =>
      language === 'native' ? scanNative(file, rules) : scanCode(file, language, around, rules),
    );
    return { findings: [...findings, ...told(hits, file.path, rules)], hits };
  } catch (error) {
    return { findings: [...findings, notScanned(file.path, reasonOf(error), severityOf(error, file.path))], hits: [] };
  }
}

/** Where packages keep broken code on purpose. What does not parse does not run either. */
const BROKEN_ON_PURPOSE = /(?:^|\/)(?:tests?|__tests__|spec|fixtures?|examples?|bench(?:marks?)?)\/.*/;

/** Code that was left out. It calls for a person, as nobody knows what it does. */
export function notScanned(path: string, reason: string, severity: Finding['severity'] = 'high'): Finding {
  return {
    rule: 'code-not-scanned',
    severity,
    message: `This code could not be scanned: ${reason}`,
    file: path,
    line: null,
    excerpt: null,
  };
}

const severityOf = (error: unknown, path: string) =>
  error instanceof SyntaxError && BROKEN_ON_PURPOSE.test(path) ? 'medium' : 'high';

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return `it does not parse (${printable(error.message).slice(0, 200)}).`;
  if (error instanceof RangeError) return 'it nests too deep.';
  if (error instanceof DeadlineExceeded) return 'it takes too long.';
  if (error instanceof UnnamedFunctions) return 'it is a Go program that does not tell its functions.';
  throw error;
}

/** Each rule's hit in machine code is one, and shows the first names that are meant. */
function scanNative({ bytes }: ScannedFile, rules: readonly Rule[]): Hit[] {
  const facts = nativeFacts(bytes);
  return rules.flatMap((rule) => {
    const { match } = rule;
    if (match.on !== 'facts' || !(rule.languages?.includes('native') ?? false)) return [];
    const met = facts.filter((fact) => match.any.some((test) => test.kind === fact.kind && isMet(test, fact)));
    const [first] = met;
    if (first === undefined) return [];
    const shown = printable(
      met
        .slice(0, MAX_PER_FILE)
        .map(({ name }) => name)
        .join(', '),
    );
    return [{ rule, offset: first.at, line: null, excerpt: shown }];
  });
}

function scanCode(
  file: ScannedFile,
  language: Exclude<Language, 'native'>,
  around: Surroundings,
  rules: readonly Rule[],
): Hit[] {
  const text = new TextDecoder().decode(file.bytes);
  const found = new Map<Rule, Set<number>>();
  const hit = (rule: Rule, offset: number) => {
    const offsets = found.get(rule) ?? new Set();
    if (offsets.size < MAX_HITS) found.set(rule, offsets.add(offset));
  };
  const own = rules.filter((rule) => rule.languages?.includes(language) ?? true);
  const factRules = own.flatMap(({ match }, index) =>
    match.on === 'facts' ? [{ rule: own[index] as Rule, any: match.any }] : [],
  );
  const byKind = new Map<Fact['kind'], { rule: Rule; test: FactTest }[]>();
  for (const { rule, any } of factRules)
    for (const test of any) byKind.set(test.kind, [...(byKind.get(test.kind) ?? []), { rule, test }]);
  const take = (fact: Fact) => {
    for (const { rule, test } of byKind.get(fact.kind) ?? []) if (isMet(test, fact)) hit(rule, fact.at);
    // A text that is put together of known and unknown parts is seen where it is given to somebody.
    if (fact.kind === 'call')
      for (const name of fact.args ?? [])
        if (name !== null && name.length <= MAX_STRING) take({ kind: 'string', name, at: fact.at });
  };
  const constants = own.flatMap((rule) => (rule.match.on === 'constant' ? [{ rule, match: rule.match }] : []));
  const nodes = own.flatMap((rule) => (rule.match.on === 'node' ? [{ rule, match: rule.match }] : []));
  const sources = own.flatMap((rule) => (rule.match.on === 'source' ? [{ rule, match: rule.match }] : []));
  const string = (value: string, at: number) => {
    if (value.length <= MAX_STRING) take({ kind: 'string', name: value, at });
    for (const { rule, match } of constants) if (match.matches(value)) hit(rule, at);
  };

  if (language === 'javascript') {
    const { program, names, code } = parseCode(file.path, text, around);
    walk(program, (node, ancestors) => {
      const parent = ancestors.at(-2);
      const constant = constantAt(node, parent);
      if (constant !== null) string(constant, node.start);
      for (const fact of factsOf(node, parent, names, text)) take(fact);
      for (const { rule, match } of nodes) if (match.matches(node, code, ancestors)) hit(rule, node.start);
    });
    for (const { rule, match } of sources) for (const offset of match.offsets(code)) hit(rule, offset);
  } else if (language === 'shell') {
    for (const { index, 0: line } of text.matchAll(/[^\n]+/g)) string(line, index);
  } else {
    for (const fact of pythonFacts(text)) {
      if (fact.kind === 'string') string(fact.name, fact.at);
      else take(fact);
    }
    const code = { path: file.path, text, ...around, valueOf: () => null, isInert: () => false };
    for (const { rule, match } of sources) for (const offset of match.offsets(code)) hit(rule, offset);
  }
  const lines = new LineNumbers(text);
  return [...found].flatMap(([rule, offsets]) =>
    [...offsets].map((offset) => ({ rule, offset, line: lines.at(offset), excerpt: excerptOf(text, offset) })),
  );
}

function isMet({ name, argument, given, source, isUnknown }: FactTest, fact: Fact): boolean {
  if (!name.test(fact.name)) return false;
  if (argument !== undefined && !(fact.args ?? []).some((each) => each !== null && argument.test(each))) return false;
  if (given !== undefined && !(fact.given ?? []).some((each) => each !== null && given.test(each))) return false;
  if (isUnknown === true && (fact.args?.length === 0 || fact.args?.[0] !== null)) return false;
  return source === undefined || source.test(fact.source ?? '');
}

/** A node's constant; of a long sum, only the whole, as its parts would be folded again and again. */
function constantAt(node: AnyNode, parent: AnyNode | undefined): string | null {
  if (node.type === 'TemplateElement') return node.value.cooked ?? null;
  if (node.type === 'BinaryExpression' && parent?.type === 'BinaryExpression') return null;
  // A name is no text of its own: where it was declared, it was seen.
  return node.type === 'Identifier' || node.type === 'MemberExpression' ? null : constantOf(node);
}

/** The findings that are told: those of more than information, a few of each rule, one a line. */
function told(hits: readonly Hit[], file: string, rules: readonly Rule[]): Finding[] {
  return rules.flatMap((rule) => {
    if (rule.severity === 'info') return [];
    const lines = new Map<number | null, Hit>();
    for (const hit of hits) if (hit.rule === rule && !lines.has(hit.line)) lines.set(hit.line, hit);
    return [...lines.values()].slice(0, MAX_PER_FILE).map((hit) => findingOf(rule, file, hit));
  });
}

/** What a rule says of a place. */
export function findingOf(
  rule: Pick<Rule, 'id' | 'severity' | 'message' | 'suggestion'>,
  file: string,
  at?: Pick<Hit, 'line' | 'excerpt'>,
): Finding {
  const { id, severity, message, suggestion } = rule;
  return {
    rule: id,
    severity,
    message,
    file,
    line: at?.line ?? null,
    excerpt: at?.excerpt ?? null,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

class LineNumbers {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Counted from 1. */
  at(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
