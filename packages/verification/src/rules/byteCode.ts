import { isByteCode } from '../languages.js';
import { defineRule } from './defineRule.js';

export const byteCode = defineRule({
  id: 'byte-code',
  severity: 'high',
  ability: 'obfuscation',
  message: 'A file is Python’s byte code.',
  why: 'Python runs it in the place of a source that nobody has seen.',
  suggestion: 'Ship the sources: the host compiles them.',
  match: { on: 'file', matches: ({ path }) => isByteCode(path) },
  examples: { flags: [{ path: 'lib/a.pyc', content: 'x' }], passes: [{ path: 'lib/a.py', content: '' }] },
});
