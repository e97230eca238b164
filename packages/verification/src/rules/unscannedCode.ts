import { dirname, join } from 'node:path/posix';
import type { AnyNode } from 'acorn';
import { type Code, defineRule } from './defineRule.js';
import { constantOf, loadedName } from './syntax.js';

/** Node takes any file for code that `require` names in full; these are the ones that are scanned, or are no code. */
const KNOWN = /\.(?:[cm]?[jt]s|json|wasm|node)$/;

function loadsUnscanned(node: AnyNode, { path, paths }: Code): boolean {
  const name = constantOf(loadedName(node));
  if (name === null || !/^(?:\.{1,2}\/|\/plugin\/)/.test(name)) return false;
  const target = name.startsWith('/') ? name.slice('/plugin/'.length) : join(dirname(path), name);
  return paths.has(target) && !KNOWN.test(target);
}

export const unscannedCode = defineRule({
  id: 'unscanned-code',
  severity: 'high',
  message: 'It loads a file as code whose name does not end like code.',
  why: 'Node runs such a file as JavaScript, and nobody who looks for code looks there.',
  match: { on: 'node', matches: loadsUnscanned },
  examples: {
    flags: [
      { content: "require('./logo.png')", beside: ['logo.png'] },
      { path: 'lib/a.js', content: "require('../LICENSE')", beside: ['LICENSE'] },
      { content: "require('/plugin/data.txt')", beside: ['data.txt'] },
    ],
    passes: [
      { content: "require('./a'); require('./a.js'); require('./b.json')", beside: ['a.js', 'b.json'] },
      { content: "readFileSync('./logo.png')", beside: ['logo.png'] },
      { content: "import 'marked';", beside: ['marked'] },
    ],
  },
});
