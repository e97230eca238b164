import { defineRule } from './defineRule.js';

export const metadataRequest = defineRule({
  id: 'metadata-request',
  severity: 'high',
  message: 'It asks a cloud’s metadata service.',
  why: 'That service hands the machine’s credentials to whoever asks from inside.',
  match: { on: 'near', all: [['metadata-address'], ['uses-network', 'starts-programs']] },
  examples: {
    flags: ["fetch('http://169.254.169.254/latest/meta-data/iam/security-credentials/')"],
    passes: ["const range = '169.254.0.0/16';"],
  },
});
