import { defineRule } from './defineRule.js';

/** Addresses that nobody's documentation, loopback or private network is. */
export const bareAddress = defineRule({
  id: 'bare-address',
  severity: 'low',
  ability: 'network',
  message: 'It names a server by its number.',
  why: 'Who runs a service for others gives it a name. A number belongs to whoever has it today.',
  suggestion: 'Use the service’s name, and declare it in http.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\b(?:https?|wss?|ftp|tcp):\/\/(?!127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|1\.1\.1\.1|8\.8\.[48]\.[48])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/i,
      },
      {
        kind: 'string',
        name: /^(?!127\.|0\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|255\.|224\.|239\.|1\.1\.1\.1|1\.0\.0\.1|8\.8\.[48]\.[48])(?:[1-9]\d{0,2}\.)\d{1,3}\.\d{1,3}\.\d{1,3}$/,
      },
    ],
  },
  examples: {
    flags: ["get('http://203.0.113.7/p')", "connect(4444, '198.51.100.3')"],
    passes: [
      "get('http://127.0.0.1:80/')",
      "get('http://192.168.1.1/')",
      "const version = '1.2.3';",
      "const any = '0.0.0.0';",
    ],
  },
});
