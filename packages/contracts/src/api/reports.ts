import { z } from 'zod';
import { OrganizationSlug, PluginFullName, SemVer } from '../names.js';
import { Id, Timestamp } from './organizations.js';
import { Side } from './plugins.js';

/** How often an organization may speak up, in an hour. */
export const MESSAGES_AN_HOUR = 30;
export const REPORTS_AN_HOUR = 20;

/** One message between a version's publisher and the admins. It is plain text, and shown as such. */
export const VersionMessage = z
  .strictObject({ id: Id, side: Side, text: z.string(), createdAt: Timestamp })
  .meta({ id: 'VersionMessage' });
export type VersionMessage = z.infer<typeof VersionMessage>;

export const NewVersionMessage = z.strictObject({ text: z.string().trim().min(1).max(4000) });

export const REPORT_CATEGORIES = ['malware', 'data_theft', 'impersonation', 'licence', 'spam', 'other'] as const;
export const ReportCategory = z.enum(REPORT_CATEGORIES);
export type ReportCategory = z.infer<typeof ReportCategory>;

/** What a tenant tells the admins of a version. */
export const AbuseReport = z
  .strictObject({
    id: Id,
    organization: z.strictObject({ id: Id, slug: OrganizationSlug }).describe('Whose report it is'),
    versionId: Id,
    plugin: PluginFullName,
    version: SemVer,
    category: ReportCategory,
    text: z.string(),
    createdAt: Timestamp,
    resolvedAt: Timestamp.nullable(),
    resolution: z.string().nullable().describe('What came of it, as the admin who resolved it said'),
  })
  .meta({ id: 'AbuseReport' });
export type AbuseReport = z.infer<typeof AbuseReport>;

export const NewAbuseReport = z.strictObject({ category: ReportCategory, text: z.string().trim().min(1).max(4000) });

export const ReportResolution = z.strictObject({ resolution: z.string().trim().min(1).max(2000) });
