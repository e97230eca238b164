import { basename } from 'node:path/posix';
import { defineRule, type ScannedFile } from './defineRule.js';

const HOOKS = ['preinstall', 'install', 'postinstall', 'preuninstall', 'uninstall', 'postuninstall'];

/** What packages that build themselves have there. */
const BUILDS =
  /^(?:(?:npx\s+)?(?:node-gyp(?:-build)?|prebuild-install|node-pre-gyp|cmake-js|husky|patch-package|is-ci|tsc|ngcc|opencollective(?:-postinstall)?|lefthook|simple-git-hooks|prisma|yarn|pnpm|npm)\b|exit 0|true|echo\b|:|node-gyp-build-optional-packages|napi-postinstall\b)(?!.*(?:https?:|\|\s*(?:ba)?sh|curl|wget|base64))/;

function hooksOf({ path, bytes }: ScannedFile): string[] {
  if (basename(path) !== 'package.json') return [];
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const scripts = typeof json === 'object' && json !== null && 'scripts' in json ? json.scripts : null;
    if (typeof scripts !== 'object' || scripts === null) return [];
    return HOOKS.flatMap((hook) => (hook in scripts ? [String((scripts as Record<string, unknown>)[hook])] : []));
  } catch {
    return []; // Nothing installs from a package.json that can't be read.
  }
}

const commands = (command: string) => command.split(/\s*(?:&&|\|\||;)\s*/);
/** A vendored package that builds itself or says something is common; the plugin's own package has nothing to install. */
const isBuild = (command: string) => commands(command).every((each) => BUILDS.test(each));
const isVendored = ({ path }: ScannedFile) => path.includes('node_modules/');
const isScript = (command: string) =>
  commands(command).every(
    (each) => BUILDS.test(each) || /^node\s+(?:-e\s+["']?(?:try|process\.exit|console\.log)|[\w./-]+$)/.test(each),
  );
const isHarmless = (file: ScannedFile, command: string) => isBuild(command) || (isVendored(file) && isScript(command));

export const installHooks = defineRule({
  id: 'install-hooks',
  severity: 'high',
  message: 'A package.json runs a script on install that builds nothing.',
  why: 'Paddock installs nothing, so the hook never runs here; but a bundle that carries one was made from a package that wants to run before anyone calls it.',
  match: { on: 'file', matches: (file) => hooksOf(file).some((command) => !isHarmless(file, command)) },
  examples: {
    flags: [
      { path: 'package.json', content: '{"scripts":{"postinstall":"node steal.js"}}' },
      { path: 'node_modules/a/package.json', content: '{"scripts":{"preinstall":"sh run.sh"}}' },
    ],
    passes: [
      { path: 'package.json', content: '{"type":"module","scripts":{"test":"vitest","prepare":"tsc"}}' },
      { path: 'node_modules/a/package.json', content: '{"scripts":{"install":"node-gyp rebuild"}}' },
      { path: 'node_modules/a/package.json', content: '{"scripts":{"postinstall":"node scripts/postinstall.js"}}' },
      { path: 'package.json', content: '{"scripts":null}' },
      { path: 'package.json', content: 'not json' },
      { path: 'other.json', content: '{"scripts":{"postinstall":"node steal.js"}}' },
    ],
  },
});
