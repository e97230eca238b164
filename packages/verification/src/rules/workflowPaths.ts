import { defineRule } from './defineRule.js';

export const workflowPaths = defineRule({
  id: 'workflow-paths',
  severity: 'medium',
  ability: 'persistence',
  message: 'It names a place where continuous integration is configured.',
  why: 'What is written there runs with a repository’s secrets.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\.github[\\/]+workflows|\.gitlab-ci\.yml|\.circleci[\\/]config|azure-pipelines\.yml|\bJenkinsfile\b|^\.github$/,
      },
    ],
  },
  examples: { flags: ["write('.github/workflows/a.yml', text)"], passes: ["const url = 'https://github.com/a/b';"] },
});
