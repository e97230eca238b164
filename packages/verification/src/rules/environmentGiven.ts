import { defineRule } from './defineRule.js';

/** {@link environmentDump} behind other names. */
export const environmentGiven = defineRule({
  id: 'environment-dump',
  severity: 'medium',
  ability: 'environment',
  languages: ['javascript', 'shell'],
  message: 'It takes the whole environment instead of a variable that it names.',
  why: 'Environments hold credentials, and collecting them whole is the first thing that stolen-package malware does.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:JSON\.stringify|Object\.(?:keys|values|entries|assign|fromEntries))$/,
        given: /^process\.env$/,
      },
    ],
  },
  examples: {
    flags: ["const p = globalThis['process']; const bag = p.env; Object.keys(bag)"],
    passes: ['JSON.stringify(process.argv)'],
  },
});
