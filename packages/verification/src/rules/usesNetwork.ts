import { defineRule } from './defineRule.js';

export const usesNetwork = defineRule({
  id: 'uses-network',
  severity: 'info',
  ability: 'network',
  message: 'It uses the network.',
  why: 'A sandbox has none: honest plugins declare http and ask the host.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'import',
        name: /^(?:net|tls|https?|http2|dgram|dns|undici|axios|got|node-fetch|request|superagent|needle|phin|ws|socket\.io-client|ssh2|nodemailer|xmlhttprequest|xhr2|eventsource)$/,
      },
      {
        kind: 'import',
        name: /^(?:socket|ssl|requests|urllib\.request|urllib2|urllib3|http\.client|httplib|aiohttp|httpx|ftplib|smtplib|paramiko|websocket|websockets|dns\.resolver|telnetlib|asyncore|pycurl|treq)(?:\.|$)/,
      },
      // Not what browsers alone have, such as XMLHttpRequest: libraries bring it along, and no runtime of ours knows it.
      { kind: 'call', name: /^(?:fetch|WebSocket|axios|got|request|superagent|needle)$/ },
      {
        kind: 'call',
        name: /^(?:axios|got|superagent|needle|request|undici)\.(?:get|post|put|patch|delete|head|request|fetch|stream|create)$/,
      },
      {
        kind: 'call',
        name: /^(?:(?:https?|http2)\.(?:request|get|connect)|(?:net|tls)\.(?:connect|createConnection|Socket)|dgram\.createSocket|dns\.(?:lookup|resolve\w*|Resolver))/,
      },
      {
        kind: 'call',
        name: /^(?:requests|httpx|aiohttp|urllib\.request|urllib2|urllib3|http\.client|socket|ftplib|smtplib|paramiko|websocket)\.\w/,
      },
      { kind: 'call', name: /^(?:urlopen|urlretrieve)$/ },
    ],
  },
  examples: {
    flags: [
      "import https from 'node:https';",
      "require('net').connect(4444, '198.51.100.1')",
      "await fetch('https://example.com/')",
      "globalThis['fe' + 'tch']('https://example.com/')",
      "const { request: r } = require('ht' + 'tps'); r(options)",
      "import('dns').then((d) => d.resolveTxt('example.com', () => {}))",
      { path: 'main.py', runtime: 'python', content: 'import urllib.request as u\nu.urlopen(address)' },
      { path: 'main.py', runtime: 'python', content: "__import__('soc' + 'ket').create_connection(a)" },
    ],
    passes: [
      "cache.fetch('key')",
      "import url from 'node:url';",
      "const scheme = 'https';",
      "const request = new XMLHttpRequest(); request.open('GET', address);",
      { path: 'main.py', runtime: 'python', content: 'import urllib.parse' },
    ],
  },
});
