import { defineRule } from './defineRule.js';

export const browserData = defineRule({
  id: 'browser-data',
  severity: 'high',
  message: 'It names where browsers and chat programs keep passwords, cookies and tokens.',
  why: 'Only whoever takes them has use for these names.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\b(?:Login Data|logins\.json|key[34]\.db|cookies\.sqlite|Web Data)$|(?:User Data[\\/]+(?:Default|Local State)|BraveSoftware[\\/]+Brave-Browser|Opera Software[\\/]+Opera|Google[\\/]+Chrome[\\/]+User Data|Microsoft[\\/]+Edge[\\/]+User Data|Mozilla[\\/]+Firefox[\\/]+Profiles|\.mozilla[\\/]firefox|\.config[\\/]google-chrome|Library[\\/]Application Support[\\/]Google[\\/]Chrome|Local Storage[\\/]+leveldb|discord(?:canary|ptb)?[\\/]+Local Storage|Telegram Desktop[\\/]+tdata|login\.keychain)/i,
      },
      {
        kind: 'call',
        name: /(?:^|\.)join$/,
        argument: /^(?:Local Storage|User Data|Login Data|Local Extension Settings)$/,
      },
      { kind: 'string', name: /^select .* from (?:logins|moz_cookies|cookies)\b/i },
      { kind: 'string', name: /mfa\\?\.\[\\w-\]\{84\}|\[\\w-\]\{24,?2?6?\}\\?\.\[\\w-\]\{6\}\\?\.\[\\w-\]\{2[57],?/ },
      { kind: 'call', name: /^win32crypt\.CryptUnprotectData$|^browser_cookie3\.\w+$|^browserCookies?\b/ },
    ],
  },
  examples: {
    flags: [
      "join(home, 'AppData/Local/Google/Chrome/User Data/Default/Login Data')",
      "path.join(base, 'Local Storage', 'leveldb')",
      { path: 'main.py', runtime: 'python', content: "path = appdata + '\\\\discord\\\\Local Storage\\\\leveldb'" },
    ],
    passes: ["const name = 'Cookies';", "const browser = 'Google Chrome';"],
  },
});
