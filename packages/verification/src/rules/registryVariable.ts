import { defineRule } from './defineRule.js';

export const registryVariable = defineRule({
  id: 'registry-variable',
  severity: 'info',
  ability: 'environment',
  message: 'It reads a variable that holds somebody’s credentials for another service.',
  why: 'One is what a client of that service reads; several of different services are a collection.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'member',
        name: /^(?:process\.env|os\.environ)\.(?:NPM_TOKEN|NODE_AUTH_TOKEN|NPM_AUTH_TOKEN|PYPI_\w*TOKEN|TWINE_PASSWORD|DOCKER_(?:PASSWORD|AUTH_CONFIG))$/,
      },
      {
        kind: 'call',
        name: /^os\.(?:getenv|environ\.get)$/,
        argument:
          /^(?:NPM_TOKEN|NODE_AUTH_TOKEN|NPM_AUTH_TOKEN|PYPI_\w*TOKEN|TWINE_PASSWORD|DOCKER_(?:PASSWORD|AUTH_CONFIG))$/,
      },
      {
        kind: 'string',
        name: /^(?:NPM_TOKEN|NODE_AUTH_TOKEN|NPM_AUTH_TOKEN|PYPI_\w*TOKEN|TWINE_PASSWORD|DOCKER_(?:PASSWORD|AUTH_CONFIG))$/,
      },
    ],
  },
  examples: {
    flags: ['const t = process.env.NPM_TOKEN;', "const names = ['NPM_TOKEN'];"],
    passes: ['const d = process.env.DEBUG;'],
  },
});
