import { defineRule } from './defineRule.js';

export const forgeVariable = defineRule({
  id: 'forge-variable',
  severity: 'info',
  ability: 'environment',
  message: 'It reads a variable that holds somebody’s credentials for another service.',
  why: 'One is what a client of that service reads; several of different services are a collection.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'member',
        name: /^(?:process\.env|os\.environ)\.(?:GITHUB_TOKEN|GH_TOKEN|GITHUB_PAT|GITLAB_TOKEN|BITBUCKET_\w*TOKEN|CI_JOB_TOKEN|ACTIONS_RUNTIME_TOKEN)$/,
      },
      {
        kind: 'call',
        name: /^os\.(?:getenv|environ\.get)$/,
        argument:
          /^(?:GITHUB_TOKEN|GH_TOKEN|GITHUB_PAT|GITLAB_TOKEN|BITBUCKET_\w*TOKEN|CI_JOB_TOKEN|ACTIONS_RUNTIME_TOKEN)$/,
      },
      {
        kind: 'string',
        name: /^(?:GITHUB_TOKEN|GH_TOKEN|GITHUB_PAT|GITLAB_TOKEN|BITBUCKET_\w*TOKEN|CI_JOB_TOKEN|ACTIONS_RUNTIME_TOKEN)$/,
      },
    ],
  },
  examples: {
    flags: ['const t = process.env.GITHUB_TOKEN;', "const names = ['GITHUB_TOKEN'];"],
    passes: ['const d = process.env.DEBUG;'],
  },
});
