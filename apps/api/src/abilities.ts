/** What a version can do, as its code shows it, its manifest declares it, its detonation saw it and an install grants it. */
import { ArtifactError } from '@paddock/artifacts';
import {
  type Abilities,
  AbilityName,
  AbilityRow,
  type Capabilities,
  type ObservedProfile,
  PaddockError,
  type Version,
} from '@paddock/contracts';
import { z } from 'zod';
import type { ApiContext } from './context.js';

/** The verifier's document; it has more, which nobody asks for here. */
const Document = z.object({
  detected: z.array(z.object({ ability: AbilityName, ...AbilityRow.shape.detected.unwrap().shape })),
});

/**
 * @param granted by an install; nothing where none is asked about
 * @throws PaddockError `conflict` for a version whose code was not read to its end, `artifact_missing`
 */
export async function abilitiesOf(
  { artifacts }: Pick<ApiContext, 'artifacts'>,
  version: Version,
  granted: Capabilities = {},
): Promise<Abilities> {
  const document = version.evidence.find(({ name }) => name === 'abilities');
  if (document === undefined || version.manifest === null)
    throw new PaddockError('conflict', 'Its code was not read to its end.');
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await artifacts.open(document.sha256)) chunks.push(chunk as Buffer);
  } catch (cause) {
    if (cause instanceof ArtifactError) throw new PaddockError('artifact_missing', undefined, { cause });
    throw cause;
  }
  const { detected } = Document.parse(JSON.parse(Buffer.concat(chunks).toString()));
  const { capabilities } = version.manifest;
  const items = AbilityName.options.map((ability): AbilityRow => {
    const place = detected.find((each) => each.ability === ability);
    return {
      ability,
      detected: place === undefined ? null : { file: place.file, line: place.line },
      declared: particulars(ability, capabilities),
      observed: version.profile && observed(ability, version.profile),
      granted: particulars(ability, granted),
    };
  });
  return {
    versionId: version.id,
    items: items.filter((row) => [row.detected, row.declared, row.observed, row.granted].some((view) => view !== null)),
  };
}

/** What of the host's services belongs to an ability; an empty list where it has no particulars. */
function particulars(ability: AbilityName, { http = [], kv, blobs, secrets = [] }: Capabilities): string[] | null {
  if (ability === 'network') return http.length > 0 ? http : null;
  if (ability === 'secrets') return secrets.length > 0 ? secrets : null;
  return (ability === 'kv' && kv) || (ability === 'blobs' && blobs) ? [] : null;
}

const PREFIXES: Partial<Record<AbilityName, string>> = {
  network: 'http ',
  kv: 'kv.',
  blobs: 'blob.',
  secrets: 'secret ',
};

function observed(ability: AbilityName, { hostServices, tmpFiles }: ObservedProfile): string[] | null {
  const prefix = PREFIXES[ability];
  const seen =
    ability === 'filesystem'
      ? (tmpFiles ?? []).map((name) => `/tmp/${name}`)
      : Object.keys(hostServices).flatMap((name) =>
          prefix !== undefined && name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
        );
  return seen.length > 0 ? seen : null;
}
