/** Every event that the audit log can hold. One is written in the transaction of what it records. */
import { z } from 'zod';

export const AUDIT_EVENTS = {
  'organization.created': 'An organization was created.',
  'api_key.created': 'An API key was made.',
  'api_key.revoked': 'An API key was revoked.',
  'signing_key.created': 'A publisher registered a signing key.',
  'signing_key.revoked': 'A publisher revoked a signing key.',
  'version.uploaded': 'A version was uploaded and waits for its verification.',
  'version.upload_refused': 'An upload was refused before it became a version.',
  'version.verified': 'The verifier came to a verdict.',
  'version.approved': 'An admin approved a version that was in review.',
  'version.rejected': 'An admin rejected a version.',
  'version.published': 'A version was published.',
  'install.created': 'A tenant installed a plugin and granted it capabilities.',
  'install.removed': 'A tenant removed an install.',
  'run.created': 'A tenant asked for a run.',
  'run.cancel_requested': 'A tenant asked to cancel a run.',
  'run.settled': 'A run ended.',
  'run.requeued': 'A run’s lease ran out and it was queued again.',
  'host_service.refused': 'A plugin asked the host for something that is not granted.',
  'executor.registered': 'An executor registered with its isolation report.',
} as const;
export type AuditEventName = keyof typeof AUDIT_EVENTS;
export const AuditEventName = z.enum(Object.keys(AUDIT_EVENTS) as [AuditEventName, ...AuditEventName[]]);

/** Who did it: somebody's API key, or one of our processes. */
export const Actor = z.strictObject({ type: z.enum(['api_key', 'process']), id: z.string() });
export type Actor = z.infer<typeof Actor>;

export const AuditSubject = z.strictObject({
  type: z.enum(['organization', 'api_key', 'signing_key', 'version', 'install', 'run', 'executor']),
  id: z.string(),
});
export type AuditSubject = z.infer<typeof AuditSubject>;
