import { z } from 'zod';
import { Capabilities } from '../capabilities.js';
import { PartialLimits } from '../limits.js';
import { Manifest, ToolDeclaration } from '../manifest.js';
import { PluginFullName, SemVer } from '../names.js';
import { Id, Timestamp } from './organizations.js';

/** Whether a sandbox serves one run only, or stays warm for this install. */
export const Isolation = z.enum(['install', 'run']);
export type Isolation = z.infer<typeof Isolation>;

export const Install = z
  .strictObject({
    id: Id,
    plugin: PluginFullName,
    versionId: Id,
    version: SemVer,
    grants: Capabilities,
    declared: Capabilities.describe('What the manifest asks for; grants are a part of it'),
    limits: PartialLimits,
    isolation: Isolation,
    tools: z.array(ToolDeclaration),
    createdAt: Timestamp,
  })
  .meta({ id: 'Install' });
export type Install = z.infer<typeof Install>;

export const NewInstall = z.strictObject({
  plugin: PluginFullName,
  version: SemVer.optional().describe('The newest published version if left out'),
  grants: Capabilities.default({}),
  limits: PartialLimits.default({}),
  isolation: Isolation.default('install'),
});

/** A plugin's page: its published versions, newest first, and the newest one's manifest, on which consent is asked. */
export const PluginDetails = z
  .strictObject({
    plugin: PluginFullName,
    manifest: Manifest,
    versions: z.array(z.strictObject({ id: Id, version: SemVer, publishedAt: Timestamp })),
  })
  .meta({ id: 'PluginDetails' });
