/**
 * What a publisher signs and what the registry countersigns: in-toto statements in DSSE envelopes.
 * Sources: DSSE protocol 1.0 and in-toto Statement v1 (in-toto attestation framework).
 */
import { z } from 'zod';
import { BundlePath } from './manifest.js';
import { PluginFullName, SemVer, Sha256 } from './names.js';

export const DSSE_PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const PUBLISH_PREDICATE = 'https://paddock.dev/attestations/publish/v1';
export const VERDICT_PREDICATE = 'https://paddock.dev/attestations/verdict/v1';

/** A signing key's id: the sha256 of its SubjectPublicKeyInfo in DER. */
export const KeyId = Sha256;

const Base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'standard base64');

export const DsseEnvelope = z.strictObject({
  payloadType: z.literal(DSSE_PAYLOAD_TYPE),
  payload: Base64.max(4_000_000),
  signatures: z
    .array(z.strictObject({ keyid: KeyId, sig: Base64.max(128) }))
    .min(1)
    .max(8),
});
export type DsseEnvelope = z.infer<typeof DsseEnvelope>;

/** One file of a bundle. Mode is 0644 or 0755; nothing else is kept. */
export const BundleFile = z.strictObject({
  path: BundlePath,
  mode: z.union([z.literal(0o644), z.literal(0o755)]),
  size: z.int().min(0),
  sha256: Sha256,
});
export type BundleFile = z.infer<typeof BundleFile>;

const subject = z.tuple([z.strictObject({ name: z.string().max(200), digest: z.strictObject({ sha256: Sha256 }) })]);

/** The publisher's word: these bytes are this version of this plugin, and they hold just these files. */
export const PublishStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject,
  predicateType: z.literal(PUBLISH_PREDICATE),
  predicate: z.strictObject({
    plugin: PluginFullName,
    version: SemVer,
    /** Sorted by path, by code unit. */
    files: z.array(BundleFile).min(1).max(10_000),
  }),
});
export type PublishStatement = z.infer<typeof PublishStatement>;

/** The registry's word: these bytes were verified, with this verdict, by this scanner. */
export const VerdictStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject,
  predicateType: z.literal(VERDICT_PREDICATE),
  predicate: z.strictObject({
    plugin: PluginFullName,
    version: SemVer,
    verdict: z.enum(['accepted', 'review']),
    scanner: z.string().max(64),
    /** The publisher's envelope that was checked. */
    envelopeSha256: Sha256,
    verifiedAt: z.iso.datetime(),
  }),
});
export type VerdictStatement = z.infer<typeof VerdictStatement>;

/** A public key that is trusted, and when. Times are ISO 8601 in UTC. */
export interface TrustedKey {
  keyId: string;
  /** SubjectPublicKeyInfo, DER, base64. */
  publicKey: string;
  validFrom: string;
  validUntil: string | null;
  revokedAt: string | null;
}
