import { defineRule } from './defineRule.js';

export const interception = defineRule({
  id: 'interception',
  severity: 'high',
  message: 'It replaces the functions that others send requests with, and sends itself.',
  why: 'Whoever holds them can copy what passes.',
  match: {
    on: 'near',
    all: [['replaces-builtins'], ['collector-address', 'bare-address', 'environment-dump', 'credential-paths']],
  },
  examples: {
    flags: ["const https = require('https'); https.request = function () { fetch('http://203.0.113.7/'); };"],
    passes: ["const https = require('https'); https.request = spy;"],
  },
});
