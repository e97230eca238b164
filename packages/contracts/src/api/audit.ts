import { z } from 'zod';
import { Actor, AuditEventName, AuditSubject } from '../auditEvents.js';
import { IsolationLevel } from '../isolation.js';
import { Sha256 } from '../names.js';
import { Id, Timestamp } from './organizations.js';

export const AuditEvent = z
  .strictObject({
    id: z.string(),
    seq: z.int().nullable().describe('Its place in the tree, from 0; null until it is sequenced'),
    at: Timestamp,
    organizationId: Id.nullable(),
    actor: Actor,
    event: AuditEventName,
    subject: AuditSubject,
    data: z.record(z.string(), z.unknown()),
    leafHash: Sha256.nullable(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditCheckpoint = z
  .strictObject({
    size: z.int(),
    rootHash: Sha256,
    note: z.string().describe('The C2SP signed note over origin, size and root'),
    verifierKey: z.string().describe('The note’s key in C2SP form'),
    at: Timestamp,
  })
  .meta({ id: 'AuditCheckpoint' });

export const Executor = z
  .strictObject({
    id: Id,
    hostname: z.string(),
    isolationLevel: z.string(),
    runtimes: z.array(z.string()),
    capacity: z.int(),
    controls: z.array(
      z.strictObject({
        name: z.string(),
        kernel: z.enum(['host', 'gvisor']).describe('Whose kernel answers the plugin’s system calls there'),
        neededFor: IsolationLevel.describe('The weakest level that it is needed for'),
        held: z.boolean(),
        detail: z.string(),
      }),
    ),
    lastSeenAt: Timestamp,
  })
  .meta({ id: 'Executor' });
export type Executor = z.infer<typeof Executor>;
