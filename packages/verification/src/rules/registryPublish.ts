import { defineRule } from './defineRule.js';

export const registryPublish = defineRule({
  id: 'registry-publish',
  severity: 'medium',
  message: 'It publishes packages, or takes a registry’s token.',
  why: 'Code that publishes others’ packages in its user’s name is a worm. Tools for releases do it honestly.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\b(?:npm|pnpm|yarn|bun)(?:\.cmd)?\s+publish\b|\btwine\s+upload\b|\bnpm\s+(?:whoami|token|access)\b|_authToken\s*[=:]|-\/npm\/v1\/tokens|-\/v1\/search\?text=maintainer|-\/whoami\b|\bregistry\.\w+\.org\/-\/|\bupload\.\w+\.org\/legacy/,
      },
      {
        kind: 'call',
        name: /(?:spawn|spawnSync|exec|execFile|execFileSync|run|Popen|call|check_call)$/,
        argument: /^publish\b|\bnpm publish\b/,
      },
      { kind: 'import', name: /^(?:libnpmpublish|npm-registry-fetch)$/ },
    ],
  },
  examples: {
    flags: [
      "exec('npm publish --access public')",
      "match(/_authToken=(.+)/) || '//registry.example.org/:_authToken='",
      "spawn('npm', ['publish'])",
    ],
    passes: ["const text = 'We publish often.';"],
  },
});
