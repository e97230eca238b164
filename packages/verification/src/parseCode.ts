/** One file of JavaScript, parsed and made ready for the rules. It runs nothing of it. */
import type { Capabilities } from '@paddock/contracts';
import { type AnyNode, type Expression, type Program, parse } from 'acorn';
import { full } from 'acorn-walk';
import type { Code } from './rules/defineRule.js';

export interface ParsedCode {
  readonly code: Code;
  readonly program: Program;
}

export interface Surroundings {
  readonly capabilities: Capabilities;
  readonly paths: ReadonlySet<string>;
}

/** @throws SyntaxError when it is neither a module nor a script; RangeError when it nests too deep for the parser. */
export function parseCode(path: string, text: string, around: Surroundings): ParsedCode {
  const inert: [start: number, end: number][] = [];
  const program = parseEither(path, text, inert);
  const declared = new Map<string, Expression | null>();
  const declare = (name: string, value: Expression | null) => declared.set(name, declared.has(name) ? null : value);
  full(program, (node) => {
    const any = node as AnyNode;
    if ((any.type === 'Literal' && typeof any.value !== 'number') || any.type === 'TemplateElement')
      inert.push([any.start, any.end]);
    if (any.type === 'VariableDeclarator' && any.id.type === 'Identifier') declare(any.id.name, any.init ?? null);
    if ('params' in any) for (const param of any.params) if (param.type === 'Identifier') declare(param.name, null);
    if (any.type === 'AssignmentExpression' && any.left.type === 'Identifier') declare(any.left.name, any.right);
  });
  inert.sort(([a], [b]) => a - b);
  return {
    program,
    code: {
      path,
      text,
      ...around,
      valueOf: (name) => declared.get(name) ?? null,
      isInert: (offset) => isWithin(inert, offset),
    },
  };
}

const MODULE = ['module'] as const;
const COMMONJS = ['commonjs'] as const;

/** Node decides by file name and package.json which of the two it is; here it only has to be seen whole. */
function parseEither(path: string, text: string, comments: [number, number][]): Program {
  const kinds = path.endsWith('.cjs') ? COMMONJS : path.endsWith('.mjs') ? MODULE : [...MODULE, ...COMMONJS];
  let failure: unknown;
  for (const sourceType of kinds) {
    comments.length = 0;
    try {
      return parse(text, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        onComment: (_block, _text, start, end) => comments.push([start, end]),
      });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Whether an offset lies in one of some ranges, which are sorted and don't overlap. */
function isWithin(ranges: readonly [number, number][], offset: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.[0] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return offset < (ranges[low - 1]?.[1] ?? 0);
}
