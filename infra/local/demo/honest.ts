/** Chapters of the main job: from a publisher's folder to results that two tenants can use. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Run } from '@paddock/client';
import pc from 'picocolors';
import { repositoryRoot } from '../folders.js';
import { bytes } from '../table.js';
import type { Organization, Play } from './cast.js';
import { publish, registerKey, submit, type Verdicts } from './publish.js';
import { must } from './steps.js';
import { call, install, outputOf, usageOf } from './tenants.js';

const MARKDOWN = 'acme/markdown';
const CSV_STATS = 'acme/csv-stats';

/** Answers what follows each to its verdict. */
export async function submitHonest(play: Play): Promise<Verdicts> {
  const key = await registerKey(play, play.acme);
  const verdicts: Verdicts = [];
  for (const plugin of ['honest/markdown', 'honest/csv-stats'])
    verdicts.push(await submit(play, play.acme, plugin, key));
  return verdicts;
}

export async function publishHonest(play: Play, verdicts: Verdicts): Promise<void> {
  for (const verdict of verdicts) {
    const version = await verdict();
    await play.steps.step(
      `The verifier has nothing against ${version.plugin}`,
      async () =>
        must(version.verdict === 'accepted' && version.findings.length === 0, `its verdict is ${version.verdict}`),
      () => 'accepted, and countersigned by the registry',
    );
    await publish(play, version, 'accepted by the verifier');
  }
}

export async function useHonest(play: Play): Promise<void> {
  for (const tenant of [play.globex, play.initech]) {
    for (const plugin of [MARKDOWN, CSV_STATS]) await install(play, tenant, plugin);
  }
  for (const tenant of [play.globex, play.initech]) {
    await renderMarkdown(play, tenant);
    await describeCsv(play, tenant);
  }
}

const sample = (file: string): Promise<string> =>
  readFile(path.join(repositoryRoot(), 'test/fixtures/plugins/honest', file), 'utf8');

export async function renderMarkdown(play: Play, tenant: Organization): Promise<Run> {
  const markdown = await sample('markdown/samples/field-guide.md');
  const title = /^# (.+)$/m.exec(markdown)?.[1]?.trim() ?? '';
  let headings: { level: number; text: string }[] = [];
  const run = await play.steps.step(
    `${tenant.slug} renders a document of ${bytes(Buffer.byteLength(markdown))}`,
    async () => {
      const done = await call(play, tenant, { plugin: MARKDOWN, tool: 'render', input: { markdown } });
      const output = outputOf(done) as { html: string; headings: typeof headings };
      ({ headings } = output);
      must(output.html.includes('<h1') && output.html.length > markdown.length, 'the HTML is not that of the document');
      must(headings[0]?.text === title, `the first heading is ${headings[0]?.text}, and not ${title}`);
      return done;
    },
    (done) =>
      `${bytes((outputOf(done)['html'] as string).length)} of HTML, ${headings.length} headings; ${usageOf(done)}`,
  );
  const shown = headings.slice(0, 4).map(({ level, text }) => `${'  '.repeat(level - 1)}${text}`);
  play.steps.show(...[...shown, ...(headings.length > 4 ? ['…'] : [])].map((line) => pc.dim(line)));
  return run;
}

interface Column {
  name: string;
  type: string;
  count: number;
  missing: number;
  mean?: number | null;
}

async function describeCsv(play: Play, tenant: Organization): Promise<void> {
  const csv = await sample('csv-stats/samples/stations.csv');
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  const expected = meanOf(lines, names.indexOf('temperature'));
  let columns: Column[] = [];
  await play.steps.step(
    `${tenant.slug} describes a table of ${lines.length} rows, ${bytes(Buffer.byteLength(csv))}`,
    async () => {
      const done = await call(play, tenant, { plugin: CSV_STATS, tool: 'describe', input: { csv } });
      const output = outputOf(done) as { rows: number; columns: Column[] };
      ({ columns } = output);
      must(output.rows === lines.length, `it has counted ${output.rows} rows`);
      must(columns.map((column) => column.name).join() === names.join(), 'the columns are others');
      const mean = columns.find((column) => column.name === 'temperature')?.mean ?? Number.NaN;
      must(Math.abs(mean - expected) < 1e-6, `the mean temperature is ${mean}, and not ${expected}`);
      return done;
    },
    (done) => `${columns.length} columns, mean temperature ${expected.toFixed(2)} as reckoned here; ${usageOf(done)}`,
  );
  const shown = columns.slice(0, 4).map(({ name, type, count, missing, mean }) => {
    const words = [
      type,
      `${count} values`,
      `${missing} missing`,
      ...(mean === null || mean === undefined ? [] : [`mean ${mean.toFixed(2)}`]),
    ];
    return `${name}: ${words.join(', ')}`;
  });
  play.steps.show(...[...shown, ...(columns.length > 4 ? ['…'] : [])].map((line) => pc.dim(line)));
}

/** The mean of a column, reckoned apart from the plugin. */
function meanOf(lines: readonly string[], column: number): number {
  const values = lines
    .map(
      (line) =>
        line
          .replace(/"[^"]*"/g, 'quoted')
          .split(',')
          [column]?.trim() ?? '',
    )
    .filter((text) => text !== '')
    .map(Number)
    .filter(Number.isFinite);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
