/** `paddock doctor`: whether this host's sandboxes hold, control by control, and what to do where they don't. */
import { randomUUID } from 'node:crypto';
import { ISOLATION_LEVELS, type IsolationLevel } from '@paddock/contracts';
import type { Examination } from '@paddock/sandbox';
import type { AttackReport } from '@paddock/sandbox/attacks';
import { Option } from 'commander';
import { action, examples, type Register } from '../command.js';
import { EXIT } from '../exitCodes.js';
import { table } from '../output.js';

interface Options {
  dockerHost?: string;
  seccomp?: string;
  apparmor?: string;
  require: IsolationLevel;
  attack?: boolean;
}

export const doctor: Register = (program) => {
  program
    .command('doctor')
    .summary('look whether this host’s sandboxes hold')
    .description(
      'Look at this host as an executor would: its Docker engine, its runtimes, and every control of the isolation, each tried out in a real sandbox. Exits 0 if the host has the level that is asked for, else 1.',
    )
    .option(
      '--docker-host <url>',
      'the engine, as unix:///path/to/docker.sock; else DOCKER_HOST, the local stack’s, or the machine’s',
    )
    .option('--seccomp <file>', 'their seccomp profile; else PADDOCK_SECCOMP_FILE, else the checkout’s')
    .option('--apparmor <profile>', 'an AppArmor profile that is loaded, for the sandboxes')
    .addOption(
      new Option('--require <level>', 'the isolation level that the host must have')
        .choices(ISOLATION_LEVELS)
        .default('L1'),
    )
    .option('--attack', 'also try some 220 ways to break out of a sandbox; needs gcc and a static C library')
    .addHelpText('after', examples('paddock doctor', 'paddock doctor --require L2 --json', 'paddock doctor --attack'))
    .action(
      action(async ({ output, environment }, options: Options) => {
        const [{ examineHost }, { attack }, { engineSocket, runtimeImages, seccompProfile }] = await Promise.all([
          import('@paddock/sandbox'),
          import('@paddock/sandbox/attacks'),
          import('../sandbox/localSandbox.js'),
        ]);
        const { dockerHost = environment.dockerHost, seccomp = environment.seccompFile } = options;
        const asked = { ...environment, dockerHost, seccompFile: seccomp };
        const socketPath = await engineSocket(asked);
        output.progress(`Trying the isolation out on ${socketPath}`);
        const { examination, host } = await examineHost({
          socketPath,
          seccompProfile: await seccompProfile(asked),
          images: await runtimeImages(asked),
          apparmorProfile: options.apparmor,
          ownerId: `doctor-${randomUUID()}:1`,
        });
        const attacked: AttackReport[] = [];
        if (options.attack === true && host !== null)
          for (const place of examination.places) attacked.push(await attack(host, { place }));
        const document = { ...examination, ...(options.attack === true ? { attacks: attacked } : {}) };
        output.result(document, () => [describe(examination), ...attacked.map(describeAttack)].join('\n\n'));
        const { level } = examination;
        const isStrongEnough = level !== 'refuse' && level >= options.require;
        const held = options.attack !== true || (attacked.length > 0 && attacked.every((report) => report.held));
        return isStrongEnough && held ? EXIT.ok : EXIT.failure;
      }),
    );
};

function describe({ engine, cgroup, kernel, runtimes, level, places, controls }: Examination): string {
  const facts = [
    ['engine', `Docker ${engine.version}, ${engine.storage}, gVisor ${engine.gvisorRuntime ?? 'not registered'}`],
    ['kernel', `Linux ${kernel}, cgroup v${cgroup.version} by ${cgroup.driver}`],
    ...runtimes.map(({ runtime, imageId }) => [`runtime ${runtime}`, imageId ?? 'no image in the engine']),
  ];
  const rows = controls.map((control) => [
    control.kernel === 'gvisor' ? `gVisor: ${control.name}` : control.name,
    control.neededFor,
    control.held ? 'holds' : 'MISSING',
    control.detail,
  ]);
  const mending = new Set(controls.flatMap((control) => control.mending ?? []));
  const has = places.map((place) => `${place.level} on ${place.kernel === 'gvisor' ? 'gVisor' : 'the host’s kernel'}`);
  return [
    table(['', ''], facts, ''),
    '',
    table(['control', 'needed for', '', 'what was found'], rows, 'Nothing was tried.'),
    ...(mending.size > 0 ? ['', 'To mend it:', ...[...mending].map((each) => `  - ${each}`)] : []),
    '',
    level === 'refuse' ? 'Nothing may run here.' : `This host has ${has.join(', ')}.`,
  ].join('\n');
}

function describeAttack({ level, attempts, held }: AttackReport): string {
  const broken = attempts.filter((attempt) => !attempt.held);
  const rows = broken.map(({ aim, name, expected, outcome }) => [aim, name, expected.join(' or '), outcome]);
  const summary = `Attack at ${level}: ${attempts.length - broken.length} of ${attempts.length} attempts came to what they must.`;
  return held ? summary : `${table(['aim', 'attempt', 'must be', 'was'], rows, '')}\n${summary}`;
}
