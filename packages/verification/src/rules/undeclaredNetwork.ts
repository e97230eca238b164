import { defineRule } from './defineRule.js';
import { isGlobal, loadedModule } from './syntax.js';

const MODULES = new Set(['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns', 'dns/promises', 'undici']);
const GLOBALS = ['fetch', 'WebSocket', 'EventSource'];

export const undeclaredNetwork = defineRule({
  id: 'undeclared-network',
  severity: 'high',
  message: 'It uses the network, and the manifest declares no http capability.',
  why: 'A sandbox has no network, so the call fails; that it is there says that the manifest does not tell all. Honest plugins declare http and ask the host.',
  match: {
    on: 'node',
    matches(node, { capabilities }) {
      if ((capabilities.http?.length ?? 0) > 0) return false;
      if (MODULES.has(loadedModule(node) ?? '')) return true;
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
      return GLOBALS.some((name) => isGlobal(node.callee, name));
    },
  },
  examples: {
    flags: [
      "import https from 'node:https';",
      "require('net').connect(4444, '198.51.100.1')",
      "await fetch('https://example.com/')",
      "globalThis.fetch('https://example.com/')",
      "globalThis['fe' + 'tch']('https://example.com/')",
      "new WebSocket('wss://example.com/')",
      "require('dns').resolveTxt('example.com', () => {})",
    ],
    passes: [
      {
        content: "import https from 'node:https'; await fetch('https://api.example.com/');",
        capabilities: { http: ['api.example.com'] },
      },
      "cache.fetch('key')",
      "import url from 'node:url';",
      "const scheme = 'https';",
    ],
  },
});
