import { defineRule } from './defineRule.js';

export const namesHost = defineRule({
  id: 'names-host',
  severity: 'info',
  ability: 'environment',
  message: 'It asks what the host is called, or which addresses and folders it has.',
  why: 'Together with the user’s name and a connection it is how stolen packages report where they run.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^os\.(?:hostname|networkInterfaces|homedir|uname)$|^dns\.getServers$|^(?:socket\.(?:gethostname|getfqdn|gethostbyname)|platform\.(?:node|uname|platform)|uuid\.getnode)$/,
      },
      { kind: 'member', name: /^os\.(?:hostname|networkInterfaces)\(\)/ },
      {
        kind: 'string',
        name: /^(?:https?:\/\/)?(?:api\.ipify\.org|ipinfo\.io|ip-api\.com|ifconfig\.(?:me|co)|icanhazip\.com|checkip\.amazonaws\.com|ipapi\.co|api\.myip\.com|ident\.me|wtfismyip\.com)/,
      },
      {
        kind: 'call',
        name: /(?:exec|execSync|system|popen|check_output|run|getoutput)$/,
        argument: /\b(?:hostname|uname -a|ifconfig|ipconfig|ip a(?:ddr)?|systeminfo)\b/,
      },
    ],
  },
  examples: {
    flags: [
      "import os from 'os'; os.hostname()",
      "get('https://ipinfo.io/json')",
      { path: 'main.py', runtime: 'python', content: 'import socket\nsocket.gethostname()' },
    ],
    passes: ['url.hostname'],
  },
});
