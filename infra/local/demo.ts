/**
 * `npm run demo [-- --once] [--json FILE]`: a whole stack, and the main job played on it step by step, each step checked.
 * It stays up until Ctrl-C; with `--once` it ends by itself, with 0 only if every step held.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { watchFolder } from './children.js';
import { type Command, HelpfulError, runCommand } from './command.js';
import { gather, type Play } from './demo/cast.js';
import { publishHonest, submitHonest, useHonest } from './demo/honest.js';
import { stopHostile, submitHostile } from './demo/hostile.js';
import { submitLanguages, useLanguages } from './demo/languages.js';
import { submitMcpServer, useMcpServer } from './demo/mcpServer.js';
import { makeWorkshop } from './demo/publish.js';
import { refuseUploads } from './demo/refusals.js';
import { revokeOne } from './demo/revocation.js';
import { brought, Steps } from './demo/steps.js';
import { type Ending, reportOf, summary } from './demo/summary.js';
import { addUpUsage, keepTenantsApart } from './demo/tenancy.js';
import { checkAudit, type TrailFindings } from './demo/trail.js';
import { startStack } from './stack/startStack.js';
import { table } from './table.js';

interface Options {
  once: boolean;
  json: string | undefined;
}

function options(): Options {
  try {
    const { values } = parseArgs({ options: { once: { type: 'boolean', default: false }, json: { type: 'string' } } });
    return { once: values.once, json: values.json === undefined ? undefined : path.resolve(values.json) };
  } catch (error) {
    throw new HelpfulError(`${(error as Error).message}\nUsage: npm run demo [-- --once] [--json FILE]`);
  }
}

await runCommand(async (command) => {
  const { once, json } = options();
  const steps = new Steps(command.progress, command.signal);
  const ending: Ending = {
    steps,
    play: undefined,
    audit: undefined,
    error: null,
    durations: { stack: 0, story: 0, total: 0 },
  };
  const save = async () => {
    if (json !== undefined) await writeFile(json, `${JSON.stringify(reportOf(ending), null, 2)}\n`);
  };
  try {
    return await demo(command, ending, async (play) => {
      if (once || steps.failed.length > 0) return;
      await save(); // Whoever asked for it need not wait for Ctrl-C.
      command.progress.print(whereItIs(play));
      await aborted(command.signal);
    });
  } catch (error) {
    ending.error = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    await save();
  }
});

/** @param stay what happens between the story and the end */
async function demo(
  { progress, signal }: Command,
  ending: Ending,
  stay: (play: Play) => Promise<void>,
): Promise<number> {
  const began = performance.now();
  const since = (from: number) => Math.round(performance.now() - from);
  const folder = await mkdtemp(path.join(tmpdir(), 'paddock-demo-'));
  watchFolder(folder);
  const { steps } = ending;
  try {
    progress.print(pc.bold('A Paddock on this machine'));
    const stack = await startStack({
      ...{ progress, signal, go: true },
      // Its hostile plugins never answer, and the verifier calls them all.
      environment: { PADDOCK_DETONATION_CALL_MS: '2000' },
    });
    ending.durations.stack = since(began);
    try {
      const storyBegan = performance.now();
      const workshop = path.join(folder, 'plugins');
      await makeWorkshop(workshop);
      ending.play = await gather(stack, steps, workshop);
      ending.audit = await story(ending.play);
      ending.durations = { ...ending.durations, story: since(storyBegan), total: since(began) };
      progress.print(`\n${pc.bold('What it came to')}\n${summary(ending)}`);
      await stay(ending.play);
    } finally {
      await stop(progress, stack.stop, ending);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return reportOf(ending).ok ? 0 : 1;
}

async function story(play: Play): Promise<TrailFindings | undefined> {
  const { steps } = play;
  // The verifier reads several at once, so all that takes its time is uploaded first.
  const honest = await steps.chapter('acme uploads two plugins', () => submitHonest(play));
  const mcpServer = await steps.chapter('And an MCP server that knows nothing of Paddock', () => submitMcpServer(play));
  const languages = await steps.chapter('And two plugins in Python and Go', () => submitLanguages(play));
  const hostile = await steps.chapter('mallory uploads four that mean harm', () => submitHostile(play));
  await steps.chapter('What is proven, scanned and countersigned is published', () =>
    publishHonest(play, brought(honest, 'the upload')),
  );
  await steps.chapter('Two tenants install it and call its tools', () => useHonest(play));
  await steps.chapter('Plugins in Python and Go', () => useLanguages(play, brought(languages, 'the upload')));
  await steps.chapter('Uploads that are not what they seem', () => refuseUploads(play));
  await steps.chapter('Plugins that mean harm', () => stopHostile(play, brought(hostile, 'the upload')));
  await steps.chapter('The MCP server is reviewed, and called', () =>
    useMcpServer(play, brought(mcpServer, 'the upload')),
  );
  await steps.chapter('A plugin that turns out bad', () => revokeOne(play));
  await steps.chapter('Each tenant by itself', () => keepTenantsApart(play));
  await steps.chapter('What was used', () => addUpUsage(play));
  return steps.chapter('What can be proved', () => checkAudit(play));
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

async function stop(progress: Command['progress'], stopStack: () => Promise<string[]>, ending: Ending): Promise<void> {
  progress.print('');
  const problems = await progress.run('Stopping what was started', stopStack);
  for (const problem of problems) progress.print(pc.red(problem));
  if (problems.length > 0) ending.error ??= problems.join(' ');
}

/** Keys are shown only while somebody can use them. */
function whereItIs({ stack, admin, globex }: Play): string {
  const keys = [
    [`platform admin (${admin.slug})`, admin.apiKey],
    [`tenant (${globex.slug})`, globex.apiKey],
  ];
  return [
    '',
    `${pc.bold('It is up')} until Ctrl-C. API and console: ${pc.cyan(stack.apiUrl)}`,
    'Sign in to the console with one of these API keys, or send it as “Authorization: Bearer …”.',
    table(['who', 'API key'], keys),
  ].join('\n');
}
