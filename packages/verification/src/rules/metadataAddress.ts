import { defineRule } from './defineRule.js';

/** The link-local address of cloud metadata services in its usual spellings, and their names. */
const ADDRESSES =
  /169\.254\.169\.254|169\.254\.170\.2|100\.100\.100\.200|fd00:ec2::254|\b2852039166\b|0xa9fea9fe|0251\.0376\.0251\.0376|metadata\.google\.internal|\/latest\/meta-data/i;

export const metadataAddress = defineRule({
  id: 'metadata-address',
  severity: 'medium',
  message: 'It names a cloud’s metadata service.',
  why: 'That service hands the machine’s credentials to whoever asks from inside. Only lists of forbidden addresses name it honestly.',
  match: { on: 'constant', matches: (value) => value.length < 4096 && ADDRESSES.test(value) },
  examples: {
    flags: [
      "get('http://169.254.169.254/latest/')",
      "const host = '169.254.' + '169.254';",
      "const url = 'http://metadata.google.internal/';",
      "get('http://2852039166/')",
      "get('http://[fd00:ec2::254]/')",
    ],
    passes: ["const range = '169.254.0.0/16';", "const address = '192.0.2.1';", 'const count = 12;'],
  },
});
