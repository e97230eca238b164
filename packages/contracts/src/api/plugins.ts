import { z } from 'zod';
import { Capabilities } from '../capabilities.js';
import { Manifest } from '../manifest.js';
import { PluginFullName, SemVer, Sha256 } from '../names.js';
import { Finding, Verdict, VersionState } from '../versions.js';
import { Id, Timestamp } from './organizations.js';

export const Version = z
  .strictObject({
    id: Id,
    plugin: PluginFullName,
    version: SemVer,
    state: VersionState,
    sha256: Sha256,
    size: z.int().describe('Bytes of the bundle'),
    keyId: Sha256.describe('The publisher’s key that signed it'),
    verdict: Verdict.nullable(),
    findings: z.array(Finding),
    manifest: Manifest.nullable().describe('Known once the verifier has read it'),
    createdAt: Timestamp,
    verifiedAt: Timestamp.nullable(),
    publishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Version' });
export type Version = z.infer<typeof Version>;

/** A plugin in the catalogue, by its newest published version. */
export const CatalogueEntry = z
  .strictObject({
    plugin: PluginFullName,
    description: z.string(),
    latest: z.strictObject({ id: Id, version: SemVer, publishedAt: Timestamp }),
    runtime: z.string(),
    tools: z.array(z.strictObject({ name: z.string(), description: z.string() })),
    capabilities: Capabilities,
  })
  .meta({ id: 'CatalogueEntry' });
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

export const Decision = z.strictObject({ reason: z.string().min(1).max(2000).optional() });
