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

const FactName = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens');

/** What a verdict rests on, be it a program or a set of data: `paddock-scanner` at `1`, a set of rules at its digest. */
export const ScannerVersion = z.strictObject({ name: FactName, version: z.string().min(1).max(128) });
export type ScannerVersion = z.infer<typeof ScannerVersion>;

/** A JSON document that a verification leaves, such as its `findings`; it is stored, and downloaded, by its digest. */
export const EvidenceDigest = z.strictObject({ name: FactName, sha256: Sha256 });
export type EvidenceDigest = z.infer<typeof EvidenceDigest>;

/** Each name stands once. */
const named = <T extends z.ZodType<{ name: string }>>(item: T, min: number) =>
  z
    .array(item)
    .min(min)
    .max(32)
    .refine((items) => new Set(items.map(({ name }) => name)).size === items.length, 'a name stands twice');

/**
 * The registry's word: these bytes were verified, with this verdict, by these scanners, which left this evidence. Steps of a
 * verification add to both lists, so the countersignature covers what they found without knowing it.
 */
export const VerdictStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject,
  predicateType: z.literal(VERDICT_PREDICATE),
  predicate: z.strictObject({
    plugin: PluginFullName,
    version: SemVer,
    verdict: z.enum(['accepted', 'review']),
    scanners: named(ScannerVersion, 1),
    evidence: named(EvidenceDigest, 0),
    /** The publisher's envelope that was checked. */
    envelopeSha256: Sha256,
    verifiedAt: z.iso.datetime(),
  }),
});
export type VerdictStatement = z.infer<typeof VerdictStatement>;

/** Somebody whose signature on a version counted. */
export const Signer = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('key'), keyId: KeyId }),
    z.strictObject({ type: z.literal('sigstore'), issuer: z.string(), identity: z.string() }),
  ])
  .meta({ id: 'Signer' });
export type Signer = z.infer<typeof Signer>;

/** A public key that is trusted, and when. Times are ISO 8601 in UTC. */
export interface TrustedKey {
  keyId: string;
  /** SubjectPublicKeyInfo, DER, base64. */
  publicKey: string;
  validFrom: string;
  validUntil: string | null;
  revokedAt: string | null;
}

/** An identity that may sign by Sigstore, and when. Issuer and identity are compared whole. */
export interface TrustedIdentity {
  /** Who vouched for the identity: an OpenID Connect issuer, such as `https://token.actions.githubusercontent.com`. */
  issuer: string;
  /** The certificate's subject alternative name, such as a workflow's address with its ref. */
  identity: string;
  validFrom: string;
  revokedAt: string | null;
}

/** The evidence `signers`: with what the publisher's signature can be checked as the registry did when it first saw it. */
export const SignersDocument = z.strictObject({
  keys: z.array(
    z.strictObject({
      keyId: KeyId,
      publicKey: z.string().max(200),
      validFrom: z.iso.datetime(),
      validUntil: z.iso.datetime().nullable(),
      revokedAt: z.iso.datetime().nullable(),
    }),
  ),
  identities: z.array(
    z.strictObject({
      issuer: z.string(),
      identity: z.string(),
      validFrom: z.iso.datetime(),
      revokedAt: z.iso.datetime().nullable(),
    }),
  ),
  threshold: z.int().min(1),
  seenAt: z.iso.datetime(),
});
export type SignersDocument = z.infer<typeof SignersDocument>;

/** Where a registry hands out its keys, to anybody. */
export const REGISTRY_KEYS_PATH = '/.well-known/paddock-keys.json';

/**
 * The registry's public keys, as its processes read them from a file and as it hands them out. One of them signs; the others
 * are still checked against: a key that was retired, by its `validUntil`, is good for what was countersigned before.
 */
export const RegistryKeys = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        keyId: KeyId,
        /** SubjectPublicKeyInfo of an Ed25519 key. */
        publicKeyPem: z.string().max(400),
        validFrom: z.iso.datetime(),
        validUntil: z.iso.datetime().nullable(),
        /** Since when nothing that it countersigned is believed. */
        revokedAt: z.iso.datetime().nullable(),
      }),
    )
    .min(1)
    .max(100),
});
export type RegistryKeys = z.infer<typeof RegistryKeys>;
