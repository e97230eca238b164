import { defineRule } from './defineRule.js';
import { isGlobal, lastNameOf, loadedModule } from './syntax.js';

const MODULES = new Set(['child_process', 'cluster', 'worker_threads', 'inspector', 'inspector/promises']);
const BINDINGS = new Set(['binding', '_linkedBinding', 'dlopen']);

export const processSpawn = defineRule({
  id: 'process-spawn',
  severity: 'high',
  message: 'It starts processes or threads, or reaches below Node’s own interface.',
  why: 'A tool is called in a process that is already there. Other programs, other threads and native bindings are how code gets out of sight.',
  match: {
    on: 'node',
    matches(node) {
      if (MODULES.has(loadedModule(node) ?? '')) return true;
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
      return BINDINGS.has(lastNameOf(node.callee) ?? '') && isGlobal(node.callee.object, 'process');
    },
  },
  examples: {
    flags: [
      "import { exec } from 'node:child_process'; exec('id');",
      "require('child_process').execSync('id')",
      "require('child_' + 'process')",
      "var v=(e=>typeof require<'u'?require:e)(e=>{throw e});v('child_process')",
      "const cp = require(atob('Y2hpbGRfcHJvY2Vzcw=='))",
      "require(['child', 'process'].join('_'))",
      "await import('node:child_process')",
      "process.getBuiltinModule('child_process')",
      "import { createRequire } from 'module'; createRequire(import.meta.url)('child_process')",
      "process.binding('spawn_sync')",
      "process['dlopen']({ exports: {} }, '/plugin/a.node')",
      "export * from 'worker_threads'",
    ],
    passes: [
      "import { readFile } from 'node:fs/promises';",
      "log.spawn('child_process')",
      "handlers.binding('a')",
      "/a/.exec('b')",
    ],
  },
});
