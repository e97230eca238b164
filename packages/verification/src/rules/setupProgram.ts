import { defineRule } from './defineRule.js';

export const setupProgram = defineRule({
  id: 'setup-program',
  severity: 'high',
  message: 'The installation of a package starts programs, uses the network, or runs text.',
  why: 'Paddock installs nothing, so it never runs here; but it was made to run before anyone calls it.',
  match: {
    on: 'near',
    file: /(?:^|\/)setup\.py$|\.pth$/,
    all: [['uses-network', 'starts-programs', 'runs-text', 'runs-decoded', 'shell-payload', 'environment-dump']],
  },
  examples: {
    flags: [
      {
        path: 'setup.py',
        runtime: 'python',
        entry: 'main.py',
        content: 'import os\nfrom setuptools import setup\nos.system(command)\nsetup()',
      },
    ],
    passes: [
      {
        path: 'setup.py',
        runtime: 'python',
        entry: 'main.py',
        content: 'from setuptools import setup\nsetup(name="a")',
      },
    ],
  },
});
