/** Chapters in other languages: a plugin in Python and one in Go, from their sources to a result that is reckoned anew here. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pc from 'picocolors';
import { repositoryRoot } from '../folders.js';
import { findGo } from '../prerequisites/languages.js';
import type { Play } from './cast.js';
import { publish, registerKey, submit, type Verdicts } from './publish.js';
import { must } from './steps.js';
import { call, install, outputOf, usageOf } from './tenants.js';

const TEXT_STATS = 'acme/text-stats';
const PATTERNS = 'acme/patterns';
const MISTYPED = 'station,(?P<station>[^,]+),(?P<day>[0-9-]+';

const sample = (file: string): Promise<string> =>
  readFile(path.join(repositoryRoot(), 'test/fixtures/plugins/honest', file), 'utf8');

/** What can't be built on this machine is left out, and said to be. Answers what follows each to its verdict. */
export async function submitLanguages(play: Play): Promise<Verdicts> {
  const { steps, stack, acme } = play;
  const here = [
    { folder: 'honest/text-stats', missing: stack.images.python === undefined ? 'Python' : undefined },
    { folder: 'honest/patterns', missing: findGo() === undefined ? 'Go' : undefined },
  ];
  for (const { folder, missing } of here)
    if (missing !== undefined) steps.show(pc.yellow(`${folder} is left out: this machine has no ${missing}.`));
  const key = await registerKey(play, acme);
  const verdicts: Verdicts = [];
  for (const { folder, missing } of here)
    if (missing === undefined) verdicts.push(await submit(play, acme, folder, key));
  return verdicts;
}

export async function useLanguages(play: Play, verdicts: Verdicts): Promise<void> {
  const { globex } = play;
  for (const verdict of verdicts) {
    const version = await verdict();
    const byPerson = version.state === 'review';
    await publish(play, version, byPerson ? 'a person has read its source' : 'accepted by the verifier');
  }
  if (play.versions.has(TEXT_STATS)) {
    await install(play, globex, TEXT_STATS);
    await describeText(play);
  }
  if (play.versions.has(PATTERNS)) {
    await install(play, globex, PATTERNS);
    await extractPatterns(play);
  }
}

async function describeText(play: Play): Promise<void> {
  const text = await sample('markdown/samples/field-guide.md');
  const words = text.match(/\p{L}+(?:['’]\p{L}+)*/gu)?.map((word) => word.toLowerCase()) ?? [];
  await play.steps.step(
    `${play.globex.slug} describes a text, in Python`,
    async () => {
      const done = await call(play, play.globex, { plugin: TEXT_STATS, tool: 'describe', input: { text, top: 1 } });
      const { words: counted, top } = outputOf(done) as { words: number; top: { word: string; count: number }[] };
      must(counted === words.length, `it has counted ${counted} words, and not ${words.length}`);
      const times = words.filter((word) => word === top[0]?.word).length;
      must(top[0]?.count === times, `it has counted ${top[0]?.count} of ${top[0]?.word}, and not ${times}`);
      return done;
    },
    (done) =>
      `${words.length} words as reckoned here, reading ease ${String(outputOf(done)['readingEase'])}; ${usageOf(done)}`,
  );
}

async function extractPatterns(play: Play): Promise<void> {
  const { steps, globex } = play;
  const text = await sample('csv-stats/samples/stations.csv');
  const expected = text.match(/-\d+\.\d+/g)?.length ?? 0;
  const input = { text, pattern: '-(?P<degrees>[0-9]+\\.[0-9]+)', limit: 3 };
  await steps.step(
    `${globex.slug} looks for a pattern, in Go`,
    async () => {
      const done = await call(play, globex, { plugin: PATTERNS, tool: 'extract', input });
      const { found, sha256 } = outputOf(done) as { found: number; sha256: string };
      must(found === expected, `it has found ${found} places, and not ${expected}`);
      must(sha256 === createHash('sha256').update(text).digest('hex'), `it has read another text: ${sha256}`);
      return done;
    },
    (done) => `${expected} places as reckoned here; ${usageOf(done)}`,
  );
  await steps.step(
    `${globex.slug} mistypes a pattern`,
    async () => {
      const done = await call(play, globex, { plugin: PATTERNS, tool: 'extract', input: { text, pattern: MISTYPED } });
      must(done.state === 'failed' && done.error !== null, `it ended as ${done.state}`);
      must(done.error.message.startsWith('pattern_invalid: '), `it says ${done.error.message}`);
      return done.error;
    },
    ({ message }) => message,
  );
}
