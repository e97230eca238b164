/**
 * Applies the rules to one file. Bounded in size and time, and what can't be scanned is itself a finding: code that the
 * scanner does not understand is never taken for code that it found nothing in.
 */
import type { Finding } from '@paddock/contracts';
import type { AnyNode } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import { DeadlineExceeded, withDeadline } from './deadline.js';
import { parseCode, type Surroundings } from './parseCode.js';
import type { Rule, ScannedFile } from './rules/defineRule.js';
import { RULES } from './rules/index.js';
import { constantOf } from './rules/syntax.js';

/** Larger code than this is not parsed. */
export const MAX_CODE_BYTES = 4 * 1024 * 1024;
/** For parsing and for all rules together. */
export const FILE_TIMEOUT_MS = 10_000;
/** Of one rule in one file; more of the same tell nobody more. */
const MAX_PER_FILE = 5;
const EXCERPT_BEFORE = 20;
const EXCERPT_CHARS = 120;

/** Whether the `node` runtime would take a path for code, given the manifest's entry. */
export const isCode = (path: string, entry: string): boolean => /\.(?:js|mjs|cjs)$/i.test(path) || path === entry;

export interface FileScan {
  readonly file: ScannedFile;
  readonly isCode: boolean;
  readonly around: Surroundings;
  readonly rules?: readonly Rule[];
  readonly timeoutMs?: number;
}

/** A file's findings, in the order of the rules. */
export function scanFile({
  file,
  isCode: asCode,
  around,
  rules = RULES,
  timeoutMs = FILE_TIMEOUT_MS,
}: FileScan): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.match.on === 'file' && rule.match.matches(file)) findings.push(finding(rule, file.path));
  }
  if (!asCode) return findings;
  try {
    return [...findings, ...withDeadline(timeoutMs, () => scanCode(file, around, rules))];
  } catch (error) {
    return [...findings, notScanned(file.path, reasonOf(error))];
  }
}

/** Code that was left out. It calls for a person, as nobody knows what it does. */
export function notScanned(path: string, reason: string): Finding {
  return {
    rule: 'code-not-scanned',
    severity: 'high',
    message: `This code could not be scanned: ${reason}`,
    file: path,
    line: null,
    excerpt: null,
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return `it does not parse (${printable(error.message).slice(0, 200)}).`;
  if (error instanceof RangeError) return 'it nests too deep.';
  if (error instanceof DeadlineExceeded) return 'it takes too long.';
  throw error;
}

function scanCode(file: ScannedFile, around: Surroundings, rules: readonly Rule[]): Finding[] {
  const text = new TextDecoder().decode(file.bytes);
  const { program, code } = parseCode(file.path, text, around);
  const hits = new Map<Rule, number[]>();
  const hit = (rule: Rule, offset: number) => {
    const offsets = hits.get(rule) ?? [];
    if (offsets.length < MAX_PER_FILE) hits.set(rule, [...offsets, offset]);
  };
  fullAncestor(program, (node, _state, ancestors) => {
    const any = node as AnyNode;
    const constant = constantAt(any, ancestors.at(-2));
    for (const rule of rules) {
      if (rule.match.on === 'node' && rule.match.matches(any, code, ancestors as AnyNode[])) hit(rule, any.start);
      if (rule.match.on === 'constant' && constant !== null && rule.match.matches(constant)) hit(rule, any.start);
    }
  });
  for (const rule of rules)
    if (rule.match.on === 'source') for (const offset of rule.match.offsets(code)) hit(rule, offset);
  const lines = new LineNumbers(text);
  return rules.flatMap((rule) =>
    distinctLines(hits.get(rule) ?? [], lines).map((offset) =>
      finding(rule, file.path, { text, offset, line: lines.at(offset) }),
    ),
  );
}

/** A node's constant; of a long sum, only the whole, as its parts would be folded again and again. */
function constantAt(node: AnyNode, parent: { type: string } | undefined): string | null {
  if (node.type === 'TemplateElement') return node.value.cooked ?? null;
  if (node.type === 'BinaryExpression' && parent?.type === 'BinaryExpression') return null;
  return constantOf(node);
}

function distinctLines(offsets: readonly number[], lines: LineNumbers): number[] {
  const seen = new Set<number>();
  return offsets.filter((offset) => !seen.has(lines.at(offset)) && seen.add(lines.at(offset)));
}

function finding(rule: Rule, file: string, at?: { text: string; offset: number; line: number }): Finding {
  const { id, severity, message } = rule;
  return {
    rule: id,
    severity,
    message,
    file,
    line: at?.line ?? null,
    excerpt: at ? excerpt(at.text, at.offset) : null,
  };
}

function excerpt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const start = Math.max(lineStart, offset - EXCERPT_BEFORE);
  const lineEnd = text.indexOf('\n', offset);
  return printable(text.slice(start, Math.min(start + EXCERPT_CHARS, lineEnd === -1 ? text.length : lineEnd))).slice(
    0,
    300,
  );
}

/** Names every character that is not printable ASCII, so that a finding can't hide or reorder what it shows. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
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
