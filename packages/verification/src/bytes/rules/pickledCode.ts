import { beginning, defineByteRule } from '../byteRule.js';

export const pickledCode = defineByteRule({
  id: 'pickled-code',
  severity: 'high',
  ability: 'eval',
  message: 'It holds a pickled Python object that runs code when it is loaded.',
  why: 'Data names no functions that start programs or run text; loading such an object calls them.',
  text: /(?:c|\x8c.)(?:posix|nt|os|subprocess|builtins|__builtin__|runpy|pty)(?:\n|\x94|\x8c)/s,
  strings: String.raw`
    $global = /c(posix|nt|os|subprocess|builtins|__builtin__|runpy|pty)\n(system|popen|Popen|call|check_output|eval|exec|__import__|spawn|run_path)\n/
    $stack = /\x8c.(posix|nt|os|subprocess|builtins|__builtin__|runpy|pty)(\x94)?\x8c.(system|popen|Popen|call|check_output|eval|exec|__import__|spawn|run_path)(\x94)?\x93/s`,
  condition: 'any of them',
  examples: {
    flags: [
      { path: 'model.pkl', content: "cos\nsystem\n(S'id'\ntR." },
      {
        path: 'model.bin',
        content: beginning('\x80\x04\x95', '\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x02id\x94\x85\x94R\x94.'),
      },
    ],
    passes: [
      { path: 'model.pkl', content: 'cdatetime\ndatetime\n(I1\nI2\nI3\ntR.' },
      { path: 'main.py', content: 'import os\nsystem = os.system\n' },
    ],
  },
});
