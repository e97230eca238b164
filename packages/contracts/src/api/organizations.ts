import { z } from 'zod';
import { OrganizationSlug, Sha256 } from '../names.js';

/** What an API key's holder may do in its organization, strongest first. */
export const ROLES = ['owner', 'admin', 'member', 'auditor'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const Id = z.uuid();
/** Nothing here is older, and the database has no year 0. */
export const Timestamp = z.iso.datetime().refine((time) => Date.parse(time) >= 0, 'a time since 1970');

export const Organization = z
  .strictObject({
    id: Id,
    slug: OrganizationSlug,
    displayName: z.string(),
    platform: z.boolean().describe('Whether its owners and admins are platform admins'),
    signatureThreshold: z.int().min(1).describe('How many of its valid keys must sign a version'),
    createdAt: Timestamp,
  })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof Organization>;

export const OrganizationChange = z.strictObject({ signatureThreshold: z.int().min(1).max(8) });

export const NewOrganization = z.strictObject({ slug: OrganizationSlug, displayName: z.string().min(1).max(100) });

export const ApiKey = z
  .strictObject({
    id: Id,
    name: z.string(),
    role: Role,
    prefix: z.string().describe('The first characters of the key, by which a person can tell it'),
    createdAt: Timestamp,
    expiresAt: Timestamp.nullable(),
    revokedAt: Timestamp.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

export const NewApiKey = z.strictObject({
  name: z.string().min(1).max(100),
  role: Role,
  expiresAt: Timestamp.optional(),
});

/** A key just made: the only time that its secret is shown. */
export const ApiKeyWithSecret = ApiKey.extend({ secret: z.string() }).meta({ id: 'ApiKeyWithSecret' });
export type ApiKeyWithSecret = z.infer<typeof ApiKeyWithSecret>;

export const CreatedOrganization = z
  .strictObject({ organization: Organization, apiKey: ApiKeyWithSecret })
  .meta({ id: 'CreatedOrganization' });

export const Me = z
  .strictObject({ organization: Organization, apiKey: ApiKey, platformAdmin: z.boolean() })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const SigningKey = z
  .strictObject({
    keyId: Sha256,
    name: z.string(),
    publicKey: z.string().describe('SubjectPublicKeyInfo of an Ed25519 key, DER in base64'),
    validFrom: Timestamp,
    validUntil: Timestamp.nullable(),
    revokedAt: Timestamp.nullable().describe('What the registry first saw before this time stays valid'),
    revocationReason: z.string().nullable(),
  })
  .meta({ id: 'SigningKey' });
export type SigningKey = z.infer<typeof SigningKey>;

export const NewSigningKey = z.strictObject({
  name: z.string().min(1).max(100),
  publicKey: z.string().max(200),
  validFrom: Timestamp.optional().describe('Now unless given'),
  validUntil: Timestamp.optional(),
});

export const Revocation = z.strictObject({
  reason: z.string().min(1).max(2000),
  since: Timestamp.optional().describe('Since when it can’t be trusted: now unless given, and never later than now'),
});

/** A key just revoked, with the versions that its revocation took along. */
export const RevokedSigningKey = SigningKey.extend({
  withdrawnVersions: z
    .array(Id)
    .describe('First seen since then, and without enough other signatures: revoked if published, else rejected'),
}).meta({ id: 'RevokedSigningKey' });
export type RevokedSigningKey = z.infer<typeof RevokedSigningKey>;

/** An identity that may sign for an organization by Sigstore, such as a workflow of its CI. */
export const TrustedPublisher = z
  .strictObject({
    id: Id,
    name: z.string(),
    issuer: z.string(),
    identity: z.string(),
    createdAt: Timestamp,
    revokedAt: Timestamp.nullable().describe('What the registry first saw before this time stays valid'),
    revocationReason: z.string().nullable(),
  })
  .meta({ id: 'TrustedPublisher' });
export type TrustedPublisher = z.infer<typeof TrustedPublisher>;

export const NewTrustedPublisher = z.strictObject({
  name: z.string().min(1).max(100),
  issuer: z.string().min(1).max(500).describe('Who vouches for the identity, compared whole'),
  identity: z.string().min(1).max(1000).describe('The certificate’s subject alternative name, compared whole'),
});

export const RevokedTrustedPublisher = TrustedPublisher.extend({
  withdrawnVersions: RevokedSigningKey.shape.withdrawnVersions,
}).meta({ id: 'RevokedTrustedPublisher' });
export type RevokedTrustedPublisher = z.infer<typeof RevokedTrustedPublisher>;
