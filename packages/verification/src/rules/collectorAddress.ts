import { defineRule } from './defineRule.js';

const ADDRESSES =
  /\b(?:webhook\.site|requestbin\.(?:com|net)|pipedream\.net|beeceptor\.com|ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|loca\.lt|serveo\.net|oast(?:ify\.com|\.(?:fun|live|me|online|pro|site))|interact\.sh|burpcollaborator\.net|api\.telegram\.org\/bot|pastebin\.com\/raw|transfer\.sh|hookbin\.com|requestcatcher\.com|webhook\.(?:cool|win)|postb\.in|dnslog\.(?:cn|link)|ceye\.io|canarytokens\.(?:com|org)|localtunnel\.me|pagekite\.me|portmap\.(?:io|host)|hastebin\.com\/raw|paste\.ee\/r|rentry\.co\/[\w-]+\/raw|ghostbin\.|0x0\.st|file\.io|anonfiles\.com|gofile\.io|termbin\.com|bashupload\.com|iplogger\.(?:org|com)|grabify\.link|duckdns\.org|no-ip\.(?:com|org)|hopto\.org|ddns\.net)|\.onion\b|\bdiscord(?:app)?\.com\/api\/webhooks\/|\/api\/webhooks\/\d{5,}\//i;

export const collectorAddress = defineRule({
  id: 'collector-address',
  severity: 'high',
  message: 'It names an address of the kind that stolen data is sent to.',
  why: 'Tunnels and anonymous collection points belong to nobody who could be asked. A plugin that posts to one on purpose declares that host, and a person can tell.',
  match: { on: 'constant', matches: (value) => value.length < 4096 && ADDRESSES.test(value) },
  examples: {
    flags: [
      "post('https://webhook.site/3f')",
      "post('https://a1b2.ngrok-free.app')",
      "post('https://discord.com/api/webhooks/1/x')",
      "post('https://proxy.example/api/webhooks/1234567890/x')",
      "post('https://api.' + 'telegram.org/bot1:x/sendMessage')",
    ],
    passes: [
      "post('https://api.example.com/')",
      "const text = 'Set up a webhook on your site.';",
      "const url = 'https://discord.com/developers';",
    ],
  },
});
