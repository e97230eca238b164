import { defineRule } from './defineRule.js';

export const asksDns = defineRule({
  id: 'asks-dns',
  severity: 'info',
  ability: 'network',
  message: 'It asks for a name that it puts together.',
  why: 'Names carry data past every firewall.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^dns\.(?:lookup|resolve\w*)$|^(?:socket\.(?:gethostbyname|getaddrinfo)|dns\.resolver\.(?:resolve|query))$/,
        source: /\+|\$\{|%|\.format\(|\bf["']|\.join\(/,
      },
    ],
  },
  examples: {
    flags: ["require('dns').lookup(data + '.x.example', () => {})"],
    passes: ["require('dns').lookup('a.example', () => {})"],
  },
});
