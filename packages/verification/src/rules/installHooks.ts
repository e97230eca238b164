import { basename } from 'node:path/posix';
import { defineRule, type ScannedFile } from './defineRule.js';

const HOOKS = ['preinstall', 'install', 'postinstall', 'preuninstall', 'uninstall', 'postuninstall'];

function hasHook({ path, bytes }: ScannedFile): boolean {
  if (basename(path) !== 'package.json') return false;
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const scripts = typeof json === 'object' && json !== null && 'scripts' in json ? json.scripts : null;
    return typeof scripts === 'object' && scripts !== null && HOOKS.some((hook) => hook in scripts);
  } catch {
    return false; // Nothing installs from a package.json that can't be read.
  }
}

export const installHooks = defineRule({
  id: 'install-hooks',
  severity: 'high',
  message: 'A package.json runs a script on install.',
  why: 'Paddock installs nothing, so the hook never runs here; but a bundle that carries one was made from a package that wants to run before anyone calls it.',
  match: { on: 'file', matches: hasHook },
  examples: {
    flags: [
      { path: 'package.json', content: '{"scripts":{"postinstall":"node steal.js"}}' },
      { path: 'node_modules/a/package.json', content: '{"scripts":{"preinstall":"sh run.sh"}}' },
    ],
    passes: [
      { path: 'package.json', content: '{"type":"module","scripts":{"test":"vitest","prepare":"tsc"}}' },
      { path: 'package.json', content: '{"scripts":null}' },
      { path: 'package.json', content: 'not json' },
      { path: 'other.json', content: '{"scripts":{"postinstall":"node steal.js"}}' },
    ],
  },
});
