import { defineRule } from './defineRule.js';

export const systemSecrets = defineRule({
  id: 'system-secrets',
  severity: 'high',
  ability: 'filesystem',
  message: 'It names a file of the system’s own secrets.',
  why: 'No tool has use for it.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\/etc\/(?:g?shadow|sudoers)\b|\/proc\/(?:self|1|\d+|\*)\/environ\b|\/run\/secrets\/kubernetes\.io|\/etc\/kubernetes\/admin\.conf|\bNTDS\.dit\b|\\System32\\config\\SAM\b|\blsass\b/i,
      },
    ],
  },
  examples: { flags: ["read('/proc/1/environ')", "read('/etc/shadow')"], passes: ["read('/proc/self/status')"] },
});
