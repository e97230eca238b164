/** What a plugin may ask of the host, as its manifest declares it and as a tenant grants it. */
import { z } from 'zod';

/** A host name that `http` may reach; no wildcard, no port, no address. */
export const HostName = z
  .string()
  .max(253)
  .regex(
    /^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
    'a lower-case host name such as api.example.com',
  );

export const SecretName = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'upper-case letters, digits and _, at most 64');

/** The same shape serves the manifest's declaration and the tenant's grant: a grant is a part of the declaration. */
export const Capabilities = z.strictObject({
  http: z.array(HostName).max(64).optional().describe('Hosts that the plugin may fetch from through the host'),
  kv: z.boolean().optional().describe('A key-value store of the install’s own'),
  blobs: z.boolean().optional().describe('Blobs that a run is given, and blobs that it gives'),
  secrets: z.array(SecretName).max(64).optional().describe('Secrets of the install that the plugin may read'),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** What of `granted` the manifest never declared, as `capability` or `capability:value`; empty when the grant is sound. */
export function undeclaredGrants(declared: Capabilities, granted: Capabilities): string[] {
  const listed = (kind: 'http' | 'secrets') =>
    (granted[kind] ?? []).filter((value) => !declared[kind]?.includes(value)).map((value) => `${kind}:${value}`);
  const flagged = (kind: 'kv' | 'blobs') => (granted[kind] && !declared[kind] ? [kind] : []);
  return [...listed('http'), ...flagged('kv'), ...flagged('blobs'), ...listed('secrets')];
}
