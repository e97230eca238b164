/** API keys: made, listed, found, revoked. Only their sha256 is stored. */
import { createHash, randomBytes } from 'node:crypto';
import { type Actor, type ApiKey, type ApiKeyWithSecret, PaddockError, type Role } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { ApiKey as ApiKeyRow, PrismaClient } from '../generated/client.js';
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

export async function createApiKey(tx: Tx, organizationId: string, actor: Actor, key: NewApiKeyRow): Promise<ApiKeyWithSecret> {
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

export async function listApiKeys(tx: Tx): Promise<ApiKey[]> {
  return (await tx.apiKey.findMany({ orderBy: { id: 'asc' } })).map(toApiKey);
}

/** @throws PaddockError `not_found` */
export async function revokeApiKey(tx: Tx, organizationId: string, actor: Actor, id: string): Promise<ApiKey> {
  const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  const row = await tx.apiKey.findUnique({ where: { id } });
  if (row === null) throw new PaddockError('not_found');
  if (count > 0) await writeAudit(tx, { organizationId, actor, event: 'api_key.revoked', subject: { type: 'api_key', id } });
  return toApiKey(row);
}

/** Who holds a key, and in which organization. */
export interface Principal {
  apiKey: ApiKey;
  organization: { id: string; slug: string; displayName: string; platform: boolean; createdAt: string };
}

/** The holder of `secret`, or null when there is no such key or it is revoked or has run out. */
export async function authenticate(prisma: PrismaClient, secret: string): Promise<Principal | null> {
  const prefix = KEY_FORM.exec(secret)?.[1];
  if (prefix === undefined) return null;
  const row = await prisma.apiKey.findUnique({ where: { prefix }, include: { organization: true } });
  // The secret has 256 random bits, so its plain hash can't be searched; comparing hashes leaks nothing of use by its time.
  if (row === null || !hashOf(secret).equals(Buffer.from(row.hash))) return null;
  if (row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= new Date())) return null;
  const { id, slug, displayName, platform, createdAt } = row.organization;
  return { apiKey: toApiKey(row), organization: { id, slug, displayName, platform, createdAt: iso(createdAt) } };
}
