/** What a detonation can find: each kind with its weight and its words. The policy makes the verdict of the weights. */
import type { Finding, Severity } from '@paddock/contracts';

const FINDINGS = {
  plugin_does_not_start: ['critical', 'The plugin did not start in its sandbox.'],
  tools_mismatch: ['critical', 'Declared and listed tools differ.'],
  'canary-sent-out': [
    'critical',
    'It tried to send a secret, or data of its tenant’s, to where it may not send anything.',
  ],
  'canary-sent-openly': ['high', 'It sends a secret in an address or a body, and not in a header.'],
  'canary-exposed': ['high', 'It writes a secret where others can read it.'],
  'canary-used': ['info', 'It sends a secret in a header to a host that it declares.'],
  'undeclared-request': ['high', 'It asks the host for something that its manifest does not declare.'],
  'example-fails': ['high', 'An example of its manifest does not hold.'],
  'example-unclear': ['low', 'An example of its manifest does not hold on the answers that a detonation gives.'],
  'tool-breaks': ['medium', 'A call broke its tool, on an input of our making.'],
  'tool-silent': ['low', 'A tool did not answer in a detonation’s time.'],
  'detonation-unfinished': ['high', 'It could not be watched at all of its work.'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type DetonationRule = keyof typeof FINDINGS;

const SUGGESTIONS: Partial<Record<DetonationRule, string>> = {
  plugin_does_not_start: 'Try it with `paddock dev`, which starts it in the same sandbox.',
  tools_mismatch: 'Let plugin.json declare just what tools/list answers; `paddock dev` compares them.',
  'canary-sent-openly': 'Send it in a header, such as Authorization.',
  'canary-exposed': 'Keep secrets out of logs, results and stores.',
  'undeclared-request': 'Declare in plugin.json what it asks for.',
  'example-fails': 'Mend the tool or its example; `paddock dev --call` shows what comes out.',
  'tool-breaks': 'Refuse by inputSchema what it can’t take, or answer with a typed error.',
  'tool-silent': 'Give the tool an example that it answers soon.',
  'detonation-unfinished': 'Give the tools examples that they answer soon.',
};

export function finding(rule: DetonationRule, detail = ''): Finding {
  const [severity, words] = FINDINGS[rule];
  const message = `${words} ${detail}`.trim().slice(0, 1000);
  const suggestion = SUGGESTIONS[rule];
  return {
    ...{ rule, severity, message },
    ...{ file: null, line: null, excerpt: null },
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
