import { defineRule } from './defineRule.js';

const CODE =
  /\brequire\s*\(|child_process|\beval\s*\(|\bexec\s*\(|\bimport\s+(?:os|socket|subprocess|base64)\b|https?:\/\/|\bcurl\s|\bwget\s|powershell|\/bin\/(?:ba)?sh|process\.env|\bfunction\s*\(|__import__|\.onion\b/;
const BASE64 = /^[A-Za-z0-9+/_-]{22,}={0,2}$/;
const HEX = /^(?:[0-9a-fA-F]{2}){12,}$/;
const MAX = 200_000;

/** The text in base64 or hexadecimal, where it is text. */
function decoded(value: string): string | null {
  const way = HEX.test(value) ? 'hex' : BASE64.test(value) && value.length % 4 !== 1 ? 'base64' : null;
  if (way === null) return null;
  const text = Buffer.from(value, way).toString('latin1');
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? text : null;
}

export const encodedPayload = defineRule({
  id: 'encoded-payload',
  severity: 'high',
  ability: 'obfuscation',
  message: 'A string is encoded code, or an encoded address.',
  why: 'Data is encoded to be carried; code and addresses are encoded not to be read.',
  match: {
    on: 'constant',
    matches: (value) => {
      if (value.length > MAX || value.length < 24) return false;
      const text = decoded(value);
      if (text === null) return false;
      return CODE.test(text) || CODE.test([...text].reverse().join('')) || CODE.test(decoded(text.trim()) ?? '');
    },
  },
  examples: {
    flags: [
      `const a = '${Buffer.from("require('child_process').exec('id > /tmp/x')").toString('base64')}';`,
      `const a = '${Buffer.from('http://203.0.113.7:8080/collect?from=here').toString('hex')}';`,
    ],
    passes: [
      `const logo = '${Buffer.from('\x89PNG\r\n\x1a\nabcdefghijklmnopqrstuvwxyzabcdefghijkl', 'latin1').toString('base64')}';`,
      "const text = 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz';",
    ],
  },
});
