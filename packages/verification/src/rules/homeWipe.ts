import { defineRule } from './defineRule.js';

export const homeWipe = defineRule({
  id: 'home-wipe',
  severity: 'high',
  message: 'It deletes a home folder, a disk, or everything.',
  why: 'No tool has use for it.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\brm\s+(?:-{1,2}[\w-]+\s+)*-?-?(?:rf|fr|r|recursive)\w*\s+(?:-{1,2}[\w-]+\s+)*["']?(?:~|\/(?:\s|\*|["']|$)|\$HOME|\$\{HOME\}|\/home|\/root|\/etc|\/usr|\/var|\*)/i,
      },
      {
        kind: 'string',
        name: /\b(?:del|erase)\s+(?:\/[a-z]\s+)+["']?(?:[a-z]:|%userprofile%|\*)|\brd\s+\/s\s+\/q|\bformat\s+[a-z]:|\bmkfs(?:\.\w+)?\s+\/dev|\bdd\s+[^\n]{0,100}of=\/dev\/(?:sd|nvme|disk|hd)|\bcipher\s+\/w:|\bvssadmin\b[^\n]{0,40}delete|\bshred\b[^\n]{0,60}(?:~|\/home|\$HOME)/i,
      },
      {
        kind: 'call',
        name: /^(?:fs|fs-extra|graceful-fs)\.(?:rm|rmSync|rmdir|rmdirSync|remove|removeSync|emptyDir\w*)$|^(?:rimraf|del)(?:\.\w+)?$|^shutil\.rmtree$/,
        source:
          /^\s*(?:\w+\.)?(?:homedir\(\)|env\.(?:HOME|USERPROFILE)|expanduser|home\(\)|os\.path\.expanduser|Path\.home|["'`]\/["'`]|["'`]\/(?:home|root|etc|usr|var)\b)|^\s*(?:process\.env|os\.environ)/,
      },
    ],
  },
  examples: {
    flags: [
      "exec('rm -rf ~/')",
      "require('fs').rmSync(os.homedir(), { recursive: true })",
      { path: 'main.py', runtime: 'python', content: "import shutil, os\nshutil.rmtree(os.path.expanduser('~'))" },
      "exec('rm -rf --no-preserve-root /')",
    ],
    passes: ["exec('rm -rf dist')", "fs.rmSync('/tmp/x')", "exec('rm -rf /tmp/build')"],
  },
});
