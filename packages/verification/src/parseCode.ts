/** One file of JavaScript, parsed and made ready for the rules. It runs nothing of it. */
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser, type Program } from 'acorn';
import { JavaScriptNames } from './facts/javascriptNames.js';
import { walk } from './facts/walk.js';
import type { Code, Surroundings } from './rules/defineRule.js';

export interface ParsedCode {
  readonly code: Code;
  readonly program: Program;
  readonly names: JavaScriptNames;
}

/** @throws SyntaxError when it is neither a module nor a script; RangeError when it nests too deep for the parser. */
export function parseCode(path: string, text: string, around: Surroundings): ParsedCode {
  const inert: [start: number, end: number][] = [];
  const program = parseEither(path, text, inert);
  walk(program, (node) => {
    if ((node.type === 'Literal' && typeof node.value !== 'number') || node.type === 'TemplateElement')
      inert.push([node.start, node.end]);
  });
  inert.sort(([a], [b]) => a - b);
  const names = new JavaScriptNames(program);
  return {
    program,
    names,
    code: {
      path,
      text,
      ...around,
      valueOf: (name) => names.valueOf(name),
      isInert: (offset) => isWithin(inert, offset),
    },
  };
}

const MODULE = ['module'] as const;
const COMMONJS = ['commonjs'] as const;
const TYPESCRIPT = /\.[cm]?tsx?$/i;
const TypeScriptParser = Parser.extend(tsPlugin());
const TsxParser = Parser.extend(tsPlugin({ jsx: true }));

/** Node decides by file name and package.json which of the two it is; here it only has to be seen whole. */
function parseEither(path: string, text: string, comments: [number, number][]): Program {
  const kinds = /\.cjs$/i.test(path) ? COMMONJS : /\.m[jt]s$/i.test(path) ? MODULE : [...MODULE, ...COMMONJS];
  const parser = !TYPESCRIPT.test(path) ? Parser : path.endsWith('x') ? TsxParser : TypeScriptParser;
  let failure: unknown;
  for (const sourceType of kinds) {
    comments.length = 0;
    try {
      return parser.parse(text, {
        ecmaVersion: 'latest',
        sourceType: parser === Parser ? sourceType : sourceType === 'module' ? 'module' : 'script',
        ...(parser === Parser ? {} : { locations: true }),
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
