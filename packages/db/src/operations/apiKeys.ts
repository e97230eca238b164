/** API keys: made, listed, found, revoked. Only their sha256 is stored. */
import { createHash, randomBytes } from 'node:crypto';
import {
  type Actor,
  type ApiKey,
  type ApiKeyWithSecret,
  type Organization,
  PaddockError,
  type Role,
} from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import { type ApiKey as ApiKeyRow, Prisma } from '../generated/client.js';
import type { Query } from '../query.js';
import { iso, isoOrNull } from '../rows.js';
import type { Tx } from '../transaction.js';

/** `pdk_` + 12 characters by which the row is found + `_` + 256 random bits. */
const KEY_FORM = /^(pdk_[A-Za-z0-9]{12})_[A-Za-z0-9_-]{43}$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The 12 characters that tell a key; they are no secret, so a slight bias does no harm. */
const newPrefix = () => `pdk_${Array.from(randomBytes(12), (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

const toApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  role: row.role as Role,
  prefix: row.prefix,
  createdAt: iso(row.createdAt),
  expiresAt: isoOrNull(row.expiresAt),
  revokedAt: isoOrNull(row.revokedAt),
});

export interface NewApiKeyRow {
  name: string;
  role: Role;
  expiresAt?: string | undefined;
}

export async function createApiKey(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  key: NewApiKeyRow,
): Promise<ApiKeyWithSecret> {
  const prefix = newPrefix();
  const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
  const row = await tx.apiKey.create({
    data: {
      id: uuidv7(),
      organizationId,
      name: key.name,
      role: key.role,
      prefix,
      hash: hashOf(secret),
      expiresAt: key.expiresAt ?? null,
    },
  });
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'api_key.created',
    subject: { type: 'api_key', id: row.id },
    data: { name: key.name, role: key.role, prefix },
  });
  return { ...toApiKey(row), secret };
}

/** A key for the organization of that slug, by the hand of whoever operates the platform. @throws PaddockError `not_found` */
export async function issueApiKey(tx: Tx, actor: Actor, slug: string, key: NewApiKeyRow): Promise<ApiKeyWithSecret> {
  const organization = await tx.organization.findUnique({ where: { slug } });
  if (organization === null) throw new PaddockError('not_found', `There is no organization ${slug}.`);
  return createApiKey(tx, organization.id, actor, key);
}

export async function listApiKeys(tx: Tx): Promise<ApiKey[]> {
  return (await tx.apiKey.findMany({ orderBy: { id: 'asc' } })).map(toApiKey);
}

/** @throws PaddockError `not_found` */
export async function revokeApiKey(tx: Tx, organizationId: string, actor: Actor, id: string): Promise<ApiKey> {
  const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  const row = await tx.apiKey.findUnique({ where: { id } });
  if (row === null) throw new PaddockError('not_found');
  if (count > 0)
    await writeAudit(tx, { organizationId, actor, event: 'api_key.revoked', subject: { type: 'api_key', id } });
  return toApiKey(row);
}

/** Who holds a key, and in which organization. */
export interface Principal {
  apiKey: ApiKey;
  organization: Organization;
}

/** The holder of `secret`, or null when there is no such key or it is revoked or has run out. */
export async function authenticate(query: Query, secret: string): Promise<Principal | null> {
  const prefix = KEY_FORM.exec(secret)?.[1];
  if (prefix === undefined) return null;
  const [row] = await query<
    ApiKeyRow & Omit<Organization, 'id' | 'createdAt'> & { organizationCreatedAt: Date }
  >(Prisma.sql`
    SELECT k.id, k.name, k.role, k.prefix, k.hash, k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt",
           o.id AS "organizationId", o.slug, o.display_name AS "displayName", o.platform,
           o.signature_threshold AS "signatureThreshold", o.created_at AS "organizationCreatedAt"
    FROM api_keys k JOIN organizations o ON o.id = k.organization_id WHERE k.prefix = ${prefix}`);
  // The secret has 256 random bits, so its plain hash can't be searched; comparing hashes leaks nothing of use by its time.
  if (row === undefined || !hashOf(secret).equals(Buffer.from(row.hash))) return null;
  if (row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= new Date())) return null;
  const { organizationId: id, slug, displayName, platform, signatureThreshold, organizationCreatedAt } = row;
  return {
    apiKey: toApiKey(row),
    organization: { id, slug, displayName, platform, signatureThreshold, createdAt: iso(organizationCreatedAt) },
  };
}
