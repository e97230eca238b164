/**
 * Provenance: somebody's word on where and how a bundle was built, which a publisher may attach to a version.
 * Sources: in-toto Statement v1 and SLSA provenance v1. Both have whoever reads them pass over fields that they don't know.
 * It is shown, and never counts as safety: an honest builder builds hostile sources just as well.
 */
import { z } from 'zod';
import { Signer, SignersDocument, STATEMENT_TYPE } from './signing.js';

export const PROVENANCE_PREDICATE = 'https://slsa.dev/provenance/v1';

/** An address by RFC 3986, which is printable ASCII. */
const Uri = z
  .string()
  .max(2000)
  .regex(/^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$/, 'a URI');

const Digests = z.record(z.string().max(100), z.string().max(1000));

const Dependency = z.object({ uri: Uri.optional(), digest: Digests.optional() });

/** What is read of a provenance; the rest is kept and not looked at. */
export const ProvenanceStatement = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z
    .array(z.object({ digest: Digests }))
    .min(1)
    .max(1024),
  predicateType: z.literal(PROVENANCE_PREDICATE),
  predicate: z.object({
    buildDefinition: z.object({
      buildType: Uri,
      externalParameters: z.record(z.string(), z.unknown()),
      internalParameters: z.record(z.string(), z.unknown()).optional(),
      resolvedDependencies: z.array(Dependency).max(5000).optional(),
    }),
    runDetails: z.object({ builder: z.object({ id: Uri }) }),
  }),
});
export type ProvenanceStatement = z.infer<typeof ProvenanceStatement>;

/** What a provenance says, and who says so. */
export const Provenance = z
  .strictObject({
    builder: Uri.describe('The builder’s id'),
    buildType: Uri,
    source: z
      .strictObject({ repository: Uri, commit: z.string().nullable() })
      .nullable()
      .describe('The first git repository among what it was built of, if it names any'),
    signers: z
      .array(Signer)
      .min(1)
      .describe('Who says so: keys of the publisher’s, or anybody at all whom Sigstore vouches for'),
  })
  .meta({ id: 'Provenance' });
export type Provenance = z.infer<typeof Provenance>;

/** The evidence `provenance`: with what it can be checked as the registry did when it first saw it. */
export const ProvenanceDocument = Provenance.extend({
  keys: SignersDocument.shape.keys,
  seenAt: z.iso.datetime(),
  /** The DSSE envelope or Sigstore bundle, as the publisher attached it. */
  envelope: z.unknown(),
});
export type ProvenanceDocument = z.infer<typeof ProvenanceDocument>;

/** `Built by … from … at …, says …; says nothing of safety.` Identities in it are strangers' text. */
export function describeProvenance({ builder, source, signers }: Provenance): string {
  const from =
    source === null
      ? 'an unnamed source'
      : `${source.repository}${source.commit === null ? '' : ` at ${source.commit}`}`;
  const who = signers.map((signer) =>
    signer.type === 'key' ? `the publisher’s key ${signer.keyId}` : `${signer.identity} (${signer.issuer})`,
  );
  return `Built by ${builder} from ${from}, as ${who.join(' and ')} states; says nothing of safety.`;
}
