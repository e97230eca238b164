/** Every event that the audit log can hold. One is written in the transaction of what it records. */
import { z } from 'zod';

export const AUDIT_EVENTS = {
  'organization.created': 'An organization was created.',
  'organization.changed': 'An organization changed how many of its keys must sign.',
  'api_key.created': 'An API key was made.',
  'api_key.revoked': 'An API key was revoked.',
  'signing_key.created': 'A publisher registered a signing key.',
  'signing_key.revoked': 'A publisher revoked a signing key.',
  'trusted_publisher.created': 'A publisher let an identity sign for it by Sigstore.',
  'trusted_publisher.revoked': 'A publisher trusts an identity no longer.',
  'version.uploaded': 'A version was uploaded and waits for its verification.',
  'version.upload_refused': 'An upload was refused before it became a version.',
  'version.verification_requested': 'An admin had a version verified anew.',
  'version.verified': 'The verifier came to a verdict.',
  'version.approved': 'An admin approved a version that was in review.',
  'version.rejected': 'An admin rejected a version.',
  'version.published': 'A version was published.',
  'version.yanked': 'A version was yanked: it takes no new installs.',
  'version.unyanked': 'A version that was yanked takes installs again.',
  'version.deprecated': 'A version was deprecated: tenants are told not to begin with it.',
  'version.undeprecated': 'A version is deprecated no more.',
  'version.revoked': 'An admin revoked a version.',
  'version.rescanned': 'A published version was scanned again, by newer rules.',
  'version.flagged': 'An advisory is about a package that a version holds, or newer rules find more in it.',
  'advisories.imported': 'An admin imported advisories.',
  'version.message_posted': 'A version’s publisher or an admin said something of it.',
  'report.created': 'A tenant reported a version to the admins.',
  'report.resolved': 'An admin resolved a tenant’s report.',
  'install.created': 'A tenant installed a plugin and granted it capabilities.',
  'install.changed': 'A tenant changed an install’s version, or how it is upgraded.',
  'install.upgraded': 'An install was upgraded by itself, as its tenant had chosen.',
  'install.removed': 'A tenant removed an install.',
  'secret.set': 'A tenant gave a secret of an install its value.',
  'secret.removed': 'A tenant removed a secret of an install.',
  'blob.uploaded': 'A tenant uploaded a blob.',
  'blob.removed': 'A tenant removed a blob.',
  'run.created': 'A tenant asked for a run.',
  'run.cancel_requested': 'A tenant asked to cancel a run.',
  'run.settled': 'A run ended.',
  'run.left_profile': 'A run did what its version was not seen to do when it was verified.',
  'run.requeued': 'A run’s lease ran out and it was queued again.',
  'host_service.refused': 'A plugin asked the host for something that is not granted.',
  'executor.registered': 'An executor registered with its isolation report.',
  'executor.isolation_changed': 'An executor’s probe found that its isolation is not what it was.',
} as const;
export type AuditEventName = keyof typeof AUDIT_EVENTS;
export const AuditEventName = z.enum(Object.keys(AUDIT_EVENTS) as [AuditEventName, ...AuditEventName[]]);

/** Who did it: somebody's API key, or one of our processes. */
export const Actor = z.strictObject({ type: z.enum(['api_key', 'process']), id: z.string() });
export type Actor = z.infer<typeof Actor>;

export const AuditSubject = z.strictObject({
  type: z.enum([
    'organization',
    'api_key',
    'signing_key',
    'trusted_publisher',
    'version',
    'install',
    'run',
    'blob',
    'report',
    'executor',
  ]),
  id: z.string(),
});
export type AuditSubject = z.infer<typeof AuditSubject>;
