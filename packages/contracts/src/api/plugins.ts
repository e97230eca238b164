import { z } from 'zod';
import { Capabilities } from '../capabilities.js';
import { BundlePath, Manifest } from '../manifest.js';
import { PluginFullName, PluginReference, SemVer, Sha256 } from '../names.js';
import { ObservedProfile } from '../profile.js';
import { Provenance } from '../provenance.js';
import { BundleFile, EvidenceDigest, ScannerVersion, Signer } from '../signing.js';
import { BundledPackage } from '../supply.js';
import { Finding, Severity, Verdict, VersionState } from '../versions.js';
import { Id, Timestamp } from './organizations.js';

/** A document of a version's verification, at `/v1/versions/{id}/evidence/{name}`. */
export const Evidence = EvidenceDigest.extend({ size: z.int().describe('Bytes') }).meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;

/** On which side somebody stands who decides upon a version, or speaks of it. */
export const Side = z.enum(['publisher', 'admin']);
export type Side = z.infer<typeof Side>;

/** The last decision upon a version. */
export const VersionDecision = z
  .strictObject({ by: Side, reason: z.string().nullable(), at: Timestamp })
  .meta({ id: 'VersionDecision' });
export type VersionDecision = z.infer<typeof VersionDecision>;

/** Why nobody should begin with a version any more, and with what in its place. */
export const Deprecation = z
  .strictObject({ message: z.string(), replacement: PluginReference.nullable(), by: Side, at: Timestamp })
  .meta({ id: 'Deprecation' });
export type Deprecation = z.infer<typeof Deprecation>;

export const NewDeprecation = z.strictObject({
  message: z.string().trim().min(1).max(500),
  replacement: PluginReference.optional(),
});

/** An advisory that is about packages which a version holds. */
export const VersionAdvisory = z
  .strictObject({
    id: z.string(),
    severity: Severity.describe('`critical` is malware'),
    summary: z.string(),
    packages: z.array(BundledPackage.omit({ file: true })),
    foundAt: Timestamp,
  })
  .meta({ id: 'VersionAdvisory' });
export type VersionAdvisory = z.infer<typeof VersionAdvisory>;

/** With {@link VersionAdvisory}, what flags a version. */
export const LaterFindings = z
  .array(Finding)
  .describe(
    'What newer rules find that its verification did not, and that would not be accepted today; one of each rule',
  );

export const Version = z
  .strictObject({
    id: Id,
    plugin: PluginFullName,
    version: SemVer,
    state: VersionState,
    sha256: Sha256,
    size: z.int().describe('Bytes of the bundle'),
    signers: z.array(Signer).min(1).describe('The publisher’s keys that signed it'),
    provenance: Provenance.nullable().describe(
      'Where and how it was built, as its signers state; it says nothing of safety, and no verdict rests on it',
    ),
    verdict: Verdict.nullable(),
    findings: z.array(Finding),
    scanners: z.array(ScannerVersion).describe('What the verdict rests on; the countersignature covers it'),
    evidence: z.array(Evidence).describe('What the verification left; the countersignature covers it'),
    profile: ObservedProfile.nullable().describe(
      'What it was seen to do when it was detonated; the countersignature covers it',
    ),
    manifest: Manifest.nullable().describe('Known once the verifier has read it'),
    createdAt: Timestamp,
    verifiedAt: Timestamp.nullable(),
    verificationRequestedAt: Timestamp.nullable().describe(
      'Since when it waits to be verified anew, where it is published or yanked',
    ),
    publishedAt: Timestamp.nullable(),
    decision: VersionDecision.nullable().describe('Who brought it into its state, unless that was the verifier'),
    deprecation: Deprecation.nullable(),
    advisories: z.array(VersionAdvisory).describe('What is known by now of the packages that it holds'),
    laterFindings: LaterFindings,
  })
  .meta({ id: 'Version' });
export type Version = z.infer<typeof Version>;

/** A version as the catalogue shows it. */
export const PublishedVersion = z.strictObject({
  id: Id,
  version: SemVer,
  publishedAt: Timestamp,
  deprecation: Deprecation.nullable(),
});
export type PublishedVersion = z.infer<typeof PublishedVersion>;

/** A plugin in the catalogue, by its newest published version. */
export const CatalogueEntry = z
  .strictObject({
    plugin: PluginFullName,
    description: z.string(),
    latest: PublishedVersion,
    runtime: z.string(),
    tools: z.array(z.strictObject({ name: z.string(), description: z.string() })),
    capabilities: Capabilities,
  })
  .meta({ id: 'CatalogueEntry' });
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

const Reason = z.string().trim().min(1).max(2000);

/** What takes something away says why. */
export const Decision = z.strictObject({ reason: Reason });

/** What lets something happen names the bytes that it is about. */
export const Approval = z.strictObject({
  sha256: Sha256.describe('Of the bundle that was judged; another one than the version’s is refused'),
  reason: Reason.optional(),
});

/** A file of a bundle, as its publisher signed it. */
export const SignedFile = BundleFile.meta({ id: 'SignedFile' });

const FileBytes = BundleFile.omit({ path: true });

/** What is new in a version, beside the newest published one before it. */
export const VersionDifference = z
  .strictObject({
    previous: z
      .strictObject({ id: Id, version: SemVer })
      .nullable()
      .describe('Null when none was published before; then everything is new'),
    files: z
      .array(
        z.strictObject({
          path: BundlePath,
          before: FileBytes.nullable().describe('Null when it was added'),
          after: FileBytes.nullable().describe('Null when it was removed'),
        }),
      )
      .describe('Those that differ, by path'),
    manifest: z
      .array(
        z.strictObject({
          field: z.string().describe('Such as `capabilities.http` or `tools.greet`'),
          before: z.unknown().describe('Null when it was not there'),
          after: z.unknown().describe('Null when it is not there any more'),
        }),
      )
      .describe('What differs in the manifest, its version left out'),
  })
  .meta({ id: 'VersionDifference' });
export type VersionDifference = z.infer<typeof VersionDifference>;
