import { defineRule } from './defineRule.js';

export const clockOrPlace = defineRule({
  id: 'clock-or-place',
  severity: 'info',
  message: 'It asks where the user lives, or which language they speak.',
  why: 'Together with deleting it is how protest and sabotage choose their victims.',
  match: {
    on: 'facts',
    any: [
      { kind: 'call', name: /^Intl\.DateTimeFormat|resolvedOptions$|^(?:locale\.getdefaultlocale|locale\.getlocale)$/ },
      {
        kind: 'member',
        name: /resolvedOptions\(\)\.timeZone$|^navigator\.languages?$|\.country(?:_?[cC]ode|_name)?$|^process\.env\.(?:LANG|TZ|LC_ALL)$/,
      },
      {
        kind: 'string',
        name: /^(?:https?:\/\/)?(?:ip-api\.com|ipinfo\.io|api\.ipgeolocation\.io|ipapi\.co|freegeoip)|\b(?:russia|belarus|china|iran|ukraine)\b/i,
      },
    ],
  },
  examples: {
    flags: ['Intl.DateTimeFormat().resolvedOptions().timeZone', "get('https://api.ipgeolocation.io/x')"],
    passes: ['date.getTime()'],
  },
});
