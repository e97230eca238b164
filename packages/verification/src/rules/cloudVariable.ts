import { defineRule } from './defineRule.js';

export const cloudVariable = defineRule({
  id: 'cloud-variable',
  severity: 'info',
  ability: 'environment',
  message: 'It reads a variable that holds somebody’s credentials for another service.',
  why: 'One is what a client of that service reads; several of different services are a collection.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'member',
        name: /^(?:process\.env|os\.environ)\.(?:AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID|AWS_SESSION_TOKEN|AZURE_CLIENT_SECRET|GOOGLE_APPLICATION_CREDENTIALS|GCP_\w*KEY|DIGITALOCEAN_\w*TOKEN|HEROKU_API_KEY|CLOUDFLARE_API_\w+)$/,
      },
      {
        kind: 'call',
        name: /^os\.(?:getenv|environ\.get)$/,
        argument:
          /^(?:AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID|AWS_SESSION_TOKEN|AZURE_CLIENT_SECRET|GOOGLE_APPLICATION_CREDENTIALS|GCP_\w*KEY|DIGITALOCEAN_\w*TOKEN|HEROKU_API_KEY|CLOUDFLARE_API_\w+)$/,
      },
      {
        kind: 'string',
        name: /^(?:AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID|AWS_SESSION_TOKEN|AZURE_CLIENT_SECRET|GOOGLE_APPLICATION_CREDENTIALS|GCP_\w*KEY|DIGITALOCEAN_\w*TOKEN|HEROKU_API_KEY|CLOUDFLARE_API_\w+)$/,
      },
    ],
  },
  examples: {
    flags: ['const t = process.env.AWS_SECRET_ACCESS_KEY;', "const names = ['AWS_SECRET_ACCESS_KEY'];"],
    passes: ['const d = process.env.DEBUG;'],
  },
});
