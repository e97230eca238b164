/** `paddock pull`: a version's bundle with everything that it can be checked with. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import { ApiError, type ClientOptions, download, type PaddockClient, unwrap, type Version } from '@paddock/client';
import { PaddockError, splitPluginName } from '@paddock/contracts';
import { action, examples, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { replaceFile } from '../files.js';

/** What the files beside a bundle are called: its own name and this. */
export const BESIDE = {
  signature: '.sig.json',
  countersignature: '.countersig.json',
  signers: '.signers.json',
  provenance: '.provenance.json',
} as const;

export const pull: Register = (program) => {
  program
    .command('pull <plugin[@version]>')
    .summary('download a version with its signatures')
    .description(
      'Download a published version’s bundle, its publisher’s signature, the registry’s countersignature, the list of signers and the\n' +
        'provenance, if there is one, as files beside each other for paddock verify. A version that is not published is named by its id.',
    )
    .option('-o, --out <file>', 'the bundle’s file, <publisher>-<name>-<version>.tgz by default')
    .addHelpText('after', examples('paddock pull acme/hello@0.1.0', 'paddock pull 0198c1f2-… -o hello.tgz'))
    .action(
      action(async ({ output, connect }, spec: string, { out }: { out?: string }) => {
        const { client, connection } = await connect();
        const version = await findVersion(client, spec);
        const { publisher, name } = splitPluginName(version.plugin);
        const file = out ?? `${publisher}-${name}-${version.version}.tgz`;
        const bytes = await fetchPart(connection, version, 'bundle');
        if (createHash('sha256').update(bytes).digest('hex') !== version.sha256)
          throw new PaddockError('artifact_corrupt', 'The server sent other bytes than it says.');
        await replaceFile(file, bytes);
        const parts = {
          signature: 'signature',
          countersignature: 'countersignature',
          signers: 'evidence/signers',
          provenance: 'evidence/provenance',
        };
        const written = [file];
        for (const part of ['signature', 'countersignature', 'signers', 'provenance'] as const) {
          const found = await fetchPart(connection, version, parts[part]).catch(absent);
          if (found === null) continue;
          await replaceFile(`${file}${BESIDE[part]}`, found);
          written.push(`${file}${BESIDE[part]}`);
        }
        const document = { plugin: version.plugin, version: version.version, sha256: version.sha256, files: written };
        output.result(document, () => written.join('\n'));
      }),
    );
};

async function findVersion(client: PaddockClient, spec: string): Promise<Version> {
  const [, publisher, name, number] = /^([^/@]+)\/([^/@]+)(?:@(.+))?$/.exec(spec) ?? [];
  const byId = (id: string) => unwrap(client.GET('/v1/versions/{id}', { params: { path: { id } } }));
  if (publisher === undefined || name === undefined) return byId(spec);
  const path = { publisher, name };
  const { versions } = await unwrap(client.GET('/v1/plugins/{publisher}/{name}', { params: { path } }));
  const found = number === undefined ? versions[0] : versions.find(({ version }) => version === number);
  if (found === undefined) throw new CliError('usage', `${publisher}/${name} has no published version ${number}.`);
  return byId(found.id);
}

const fetchPart = async (connection: ClientOptions, { id }: Version, part: string): Promise<Buffer> =>
  buffer((await download(connection, `/v1/versions/${id}/${part}`)) as ReadableStream);

/** A rejected version has no countersignature. */
function absent(error: unknown): null {
  if (error instanceof ApiError && error.code === 'not_found') return null;
  throw error;
}
