/** The command line as a whole: the commands in the order of the help, and what they have in common. */
import { Command } from 'commander';
import type { Register } from './command.js';
import { abilities } from './commands/abilities.js';
import { advisories } from './commands/advisories.js';
import { audit } from './commands/audit.js';
import { blobs } from './commands/blobs.js';
import { approve, reject } from './commands/decide.js';
import { dev } from './commands/dev.js';
import { doctor } from './commands/doctor.js';
import { exposure } from './commands/exposure.js';
import { init } from './commands/init.js';
import { install } from './commands/install.js';
import { installs, uninstall } from './commands/installs.js';
import { keygen } from './commands/keygen.js';
import { keys } from './commands/keys.js';
import { login } from './commands/login.js';
import { notices } from './commands/notices.js';
import { pack } from './commands/pack.js';
import { plugins } from './commands/plugins.js';
import { publish } from './commands/publish.js';
import { pull } from './commands/pull.js';
import { registryKeys } from './commands/registryKeys.js';
import { reverify } from './commands/reverify.js';
import { run } from './commands/run.js';
import { cancel, logs, runs } from './commands/runs.js';
import { secrets } from './commands/secrets.js';
import { sign } from './commands/sign.js';
import { upgrade } from './commands/upgrade.js';
import { usage } from './commands/usage.js';
import { verify } from './commands/verify.js';
import { versions } from './commands/versions.js';
import { deprecate, revoke, yank } from './commands/withdraw.js';
import { EXIT_CODE_HELP } from './exitCodes.js';

const GROUPS: readonly (readonly [string, readonly Register[]])[] = [
  ['For publishers:', [init, dev, keygen, keys, pack, sign, publish, versions, yank, deprecate]],
  [
    'For tenants:',
    [
      plugins,
      install,
      installs,
      upgrade,
      notices,
      uninstall,
      secrets,
      run,
      runs,
      logs,
      cancel,
      blobs,
      usage,
      abilities,
      exposure,
    ],
  ],
  ['For admins:', [approve, reject, revoke, reverify, advisories, audit, registryKeys, doctor]],
  ['For everybody:', [login, pull, verify]],
];

/** Commander's own ending of the process and printing of errors are off: `main` does both. */
export function createProgram(): Command {
  const program = new Command('paddock')
    .description('Pack, publish, install and run plugins.')
    .option('--url <url>', 'the server; else PADDOCK_URL, else what paddock login kept')
    .option('--api-key-file <file>', 'a file with the API key; else PADDOCK_API_KEY, else what paddock login kept')
    .option(
      '--as <organization>',
      'an organization of the local stack (.paddock/stack.json here or above): its server and its key',
    )
    .option('--json', 'one JSON document on stdout, and nothing else there')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .helpCommand(false)
    .exitOverride()
    .addHelpText('after', EXIT_CODE_HELP);
  for (const [group, registers] of GROUPS) {
    program.commandsGroup(group);
    for (const register of registers) register(program);
  }
  return program;
}
