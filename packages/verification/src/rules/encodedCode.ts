import type { AnyNode } from 'acorn';
import { defineRule } from './defineRule.js';
import { evaluatedBy, lastNameOf, someWithin } from './syntax.js';

const DECODERS = new Set([
  'atob',
  'unescape',
  'fromCharCode',
  'fromCodePoint',
  'inflateSync',
  'gunzipSync',
  'brotliDecompressSync',
  'createDecipheriv',
]);
const ENCODINGS = new Set(['base64', 'base64url', 'hex']);

function decodes(node: AnyNode): boolean {
  if (node.type !== 'CallExpression') return false;
  if (DECODERS.has(lastNameOf(node.callee) ?? '')) return true;
  return node.arguments.some((part) => part.type === 'Literal' && ENCODINGS.has(String(part.value)));
}

export const encodedCode = defineRule({
  id: 'encoded-code',
  severity: 'critical',
  ability: 'eval',
  languages: ['javascript'],
  message: 'It decodes text and runs it.',
  why: 'Code that is stored encoded and run has one purpose, not to be read. No honest build does it.',
  match: {
    on: 'node',
    matches: (node, code) => evaluatedBy(node)?.some((part) => someWithin(part, code, decodes)) ?? false,
  },
  examples: {
    flags: [
      "eval(Buffer.from('Y29uc29sZS5sb2coMSk=', 'base64').toString())",
      "new Function(atob('cmV0dXJuIDE='))()",
      "const text = atob('cmV0dXJuIDE='); Function(text)()",
      "eval([99, 111].map((c) => String.fromCharCode(c ^ 7)).join(''))",
      "const m = new module.constructor(); m._compile(Buffer.from(data, 'hex').toString(), '')",
      'vm.runInThisContext(zlib.gunzipSync(blob).toString())',
    ],
    passes: [
      "const bytes = Buffer.from(text, 'base64');",
      "eval('1 + 1')",
      'const text = atob(input); render(text);',
      "Function('return this')()",
    ],
  },
});
