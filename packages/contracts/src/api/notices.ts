import { z } from 'zod';
import { PluginFullName, SemVer } from '../names.js';
import { Id, Timestamp } from './organizations.js';

/** What may have happened to a version that a tenant has installed, or to its install. */
export const NOTICE_KINDS = ['flagged', 'yanked', 'deprecated', 'revoked', 'upgraded'] as const;
export const NoticeKind = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** What a tenant is told of a version that it has installed. */
export const Notice = z
  .strictObject({
    id: Id,
    kind: NoticeKind,
    installId: Id,
    plugin: PluginFullName,
    versionId: Id,
    version: SemVer.describe('That it happened to; of an upgrade, the new one'),
    reason: z.string().nullable().describe('In the words of whoever did it, or what was found'),
    at: Timestamp,
    read: z.boolean(),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof Notice>;

export const NoticesRead = z.strictObject({
  until: Id.describe('The newest that was read; those before it were, too'),
});
