/** `paddock advisories import`: what is known to be wrong with packages, from OSV's dumps to the server. */
import { type PaddockClient, unwrap } from '@paddock/client';
import type { Advisory } from '@paddock/contracts';
import { readAdvisories } from '../advisories/readAdvisories.js';
import { toAdvisory } from '../advisories/toAdvisory.js';
import { action, examples, type Register } from '../command.js';
import { EXIT } from '../exitCodes.js';

/** What a request takes stands in the API: 500 advisories, a megabyte. */
const BATCH = 500;
const BATCH_BYTES = 900_000;
const MAX_UNREADABLE = 20;

export const advisories: Register = (program) => {
  const group = program
    .command('advisories')
    .summary('what is known to be wrong with packages')
    .description(
      'Advisories about npm, PyPI and Go packages, against which every version’s bill of materials is held.',
    );
  group
    .command('import <path-or-url>')
    .description(
      'Add OSV records: a .json file, a folder of them, or a .zip such as OSV publishes for each ecosystem; or the URL of such\n' +
        'a file. Importing again changes only what changed; withdrawn records are taken out. Published versions that are affected get flagged.',
    )
    .addHelpText(
      'after',
      examples('paddock advisories import npm.zip', 'paddock advisories import https://osv.example/npm/all.zip --json'),
    )
    .action(
      action(async ({ output, connect }, path: string) => {
        const { client } = await connect();
        const counts = await importAll(client, path);
        const { imported, removed, unchanged, others, unreadable } = counts;
        output.result(counts, () =>
          [
            `${imported} imported, ${removed} removed, ${unchanged} unchanged, ${others} about other ecosystems`,
            ...unreadable.map((place) => `not a record that can be taken: ${place}`),
          ].join('\n'),
        );
        return unreadable.length > 0 ? EXIT.refused : EXIT.ok;
      }),
    );
};

async function importAll(client: PaddockClient, path: string) {
  const counts = { imported: 0, removed: 0, unchanged: 0, others: 0, unreadable: [] as string[] };
  let batch: Advisory[] = [];
  let bytes = 0;
  const send = async () => {
    if (batch.length === 0) return;
    const answer = await unwrap(client.POST('/v1/advisories', { body: { advisories: batch } }));
    counts.imported += answer.imported;
    counts.removed += answer.removed;
    counts.unchanged += answer.unchanged;
    batch = [];
    bytes = 0;
  };
  for await (const { place, text } of readAdvisories(path)) {
    const advisory = parsed(text);
    const size = advisory ? Buffer.byteLength(JSON.stringify(advisory)) : 0;
    if (advisory === undefined || size > BATCH_BYTES) {
      if (counts.unreadable.length < MAX_UNREADABLE) counts.unreadable.push(place);
      continue;
    }
    if (advisory === null) {
      counts.others++;
      continue;
    }
    if (batch.length === BATCH || bytes + size > BATCH_BYTES) await send();
    batch.push(advisory);
    bytes += size;
  }
  await send();
  return counts;
}

/** Undefined when it can't be taken, so that one bad record among many thousands does not stop the others. */
function parsed(text: string): Advisory | null | undefined {
  try {
    return toAdvisory(text);
  } catch {
    return undefined;
  }
}
