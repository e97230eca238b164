/** `paddock dev` at a terminal: one line at a time, one load or call at a time. Ctrl-C ends the call, or else the session. */
import { createInterface } from 'node:readline';
import type { LogLine } from '@paddock/contracts';
import { capabilityList } from '../capabilities.js';
import { reportOf } from '../errors.js';
import { describeLimits } from '../limits.js';
import { type Output, printable, printableJson, table } from '../output.js';
import { parseDevCommand } from './commandLine.js';
import { describeResult } from './describeResult.js';
import type { DevPlugin, DevResult } from './devPlugin.js';
import { watchFolder } from './watchFolder.js';

const HELP = `call TOOL {"json": "input"}   call a tool; “call” may be left out
TOOL key=value key="two words"   the same, a value is JSON or else text
tools     what it offers        logs    the log of the last call
limits    what a run may use    grants  what it is granted
reload    load the folder anew  help    this
quit      end (Ctrl-D)`;

export interface DevSession {
  readonly folder: string;
  readonly plugin: DevPlugin;
  readonly output: Output;
  /** The log of the call under way, or of the last one. */
  readonly log: LogLine[];
}

/** Ends when its input does, or on `quit`. What goes wrong in it is printed, and it goes on. */
export async function runSession({ folder, plugin, output, log }: DevSession): Promise<void> {
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: isTerminal, prompt: '> ' });
  let isOpen = true;
  let hasQuit = false;
  const prompt = () => (isTerminal && isOpen ? lines.prompt() : undefined);
  let calling: AbortController | undefined;
  let work: Promise<unknown> = Promise.resolve();
  /** One thing after the other, each with its error printed. */
  const next = (act: () => Promise<void>): Promise<void> => {
    const done = work
      .then(() => (hasQuit ? undefined : act()))
      .catch((error: unknown) => {
        const report = reportOf(error);
        if (report !== null) output.error(report);
      });
    work = done;
    return done;
  };
  const load = async () => {
    const { manifest } = await plugin.load();
    output.progress(
      `${manifest.name}@${manifest.version} is loaded: ${manifest.tools.map(({ name }) => name).join(', ')}`,
    );
  };
  const call = async (tool: string, input: Record<string, unknown>) => {
    calling = new AbortController();
    log.length = 0;
    try {
      show(await plugin.call(tool, input, calling.signal), output);
    } finally {
      calling = undefined;
    }
  };

  const obey = async (line: string) => {
    const command = parseDevCommand(line);
    if (command.kind === 'call') await call(command.tool, command.input);
    else if (command.kind === 'reload') await load();
    else if (command.kind === 'quit') hasQuit = true;
    else print(command.kind, plugin, log);
    if (hasQuit) lines.close();
  };

  const stopWatching = watchFolder(folder, () => void next(load).then(prompt));
  const closed = new Promise<void>((resolve) => {
    lines.once('close', () => {
      isOpen = false;
      resolve();
    });
  });
  // Not by iterating: what is typed while something else is awaited would be lost.
  lines.on('line', (line) => void next(() => obey(line)).then(prompt));
  lines.on('SIGINT', () => (calling === undefined ? lines.close() : calling.abort()));
  try {
    await next(load);
    prompt();
    await closed;
    await work;
  } finally {
    stopWatching();
    lines.close();
  }
}

function print(
  what: 'tools' | 'logs' | 'limits' | 'grants' | 'help' | 'nothing',
  plugin: DevPlugin,
  log: readonly LogLine[],
) {
  const text = {
    tools: () =>
      table(
        ['tool', 'description'],
        plugin.loaded.manifest.tools.map(({ name, description }) => [
          name,
          description.split('\n')[0]?.slice(0, 100) ?? '',
        ]),
        '',
      ),
    logs: () =>
      log.map(({ level, message }) => `${level} ${printable(message)}`).join('\n') || 'The last call logged nothing.',
    limits: () => describeLimits(plugin.loaded.limits).replaceAll(', ', '\n'),
    grants: () => {
      const { manifest, granted } = plugin.loaded;
      const [asked, given] = [capabilityList(manifest.capabilities), capabilityList(granted)];
      return `declared: ${asked.join(', ') || 'nothing'}\ngranted:  ${given.join(', ') || 'nothing'}`;
    },
    help: () => HELP,
    nothing: () => '',
  }[what]();
  if (text !== '') process.stdout.write(`${text}\n`);
}

function show(result: DevResult, output: Output): void {
  output.progress(describeResult(result));
  if (result.outcome === 'succeeded') process.stdout.write(`${printableJson(result.output)}\n`);
}
