import { z } from 'zod';
import { Capabilities } from '../capabilities.js';
import { IsolationLevel } from '../isolation.js';
import { PartialLimits } from '../limits.js';
import { Manifest, ToolDeclaration } from '../manifest.js';
import { PluginFullName, SemVer } from '../names.js';
import { VersionState } from '../versions.js';
import { Id, Timestamp } from './organizations.js';
import { Deprecation, LaterFindings, PublishedVersion, VersionAdvisory } from './plugins.js';

/** Whether a sandbox serves one run only, or stays warm for this install. */
export const Isolation = z.enum(['install', 'run']);
export type Isolation = z.infer<typeof Isolation>;

/** When an install goes to a newer version of the same major one by itself, if that asks for nothing new. */
export const UPGRADE_POLICIES = ['none', 'fixes', 'compatible'] as const;
export const UpgradePolicy = z
  .enum(UPGRADE_POLICIES)
  .describe(
    'When it is upgraded by itself: never; when its version is flagged, yanked, revoked or deprecated with a replacement; or always',
  );
export type UpgradePolicy = z.infer<typeof UpgradePolicy>;

export const Install = z
  .strictObject({
    id: Id,
    plugin: PluginFullName,
    versionId: Id,
    version: SemVer,
    versionState: VersionState.describe('A yanked version goes on running; a revoked one does not'),
    deprecation: Deprecation.nullable(),
    advisories: z.array(VersionAdvisory).describe('What is known by now of the packages that the version holds'),
    laterFindings: LaterFindings,
    grants: Capabilities,
    declared: Capabilities.describe('What the manifest asks for; grants are a part of it'),
    limits: PartialLimits,
    isolation: Isolation,
    minIsolation: IsolationLevel.describe(
      'The weakest isolation level that its runs take: the strictest of manifest, install and plan',
    ),
    upgradePolicy: UpgradePolicy,
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
  minIsolation: IsolationLevel.default('L1').describe(
    'The weakest isolation level to run at; the manifest may ask for a stronger one',
  ),
  upgradePolicy: UpgradePolicy.default('none'),
});

/** What of an install may change. Grants don't: who wants others installs anew. */
export const InstallChange = z.strictObject({
  version: SemVer.optional().describe(
    'A published version that asks for nothing which the present one does not ask for',
  ),
  upgradePolicy: UpgradePolicy.optional(),
});

/** A plugin's page: its published versions, newest first, and the newest one's manifest, on which consent is asked. */
export const PluginDetails = z
  .strictObject({
    plugin: PluginFullName,
    manifest: Manifest,
    versions: z.array(PublishedVersion),
  })
  .meta({ id: 'PluginDetails' });
