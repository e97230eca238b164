import { defineRule } from './defineRule.js';

export const mediaName = defineRule({
  id: 'media-name',
  severity: 'info',
  message: 'It names a file of pictures, sound or fonts.',
  why: 'Together with running text it is where code hides.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /^[^\s*?{}[\]|]{1,200}\.(?:png|jpe?g|gif|ico|bmp|webp|svg|woff2?|ttf|mp[34]|wav|bin|dat|db|pdf)$/i,
      },
    ],
  },
  examples: { flags: ["read('./logo.png')"], passes: ["const all = '*.png';"] },
});
