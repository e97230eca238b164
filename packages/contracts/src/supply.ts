/** What a bundle holds of other people's packages, and what is known to be wrong with packages. */
import { z } from 'zod';

/** Spelled as OSV spells them. */
export const ECOSYSTEMS = ['npm', 'PyPI', 'Go'] as const;
export const Ecosystem = z.enum(ECOSYSTEMS);
export type Ecosystem = z.infer<typeof Ecosystem>;

const Token = z.string().regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces');

export const PackageName = Token.max(300);
export const PackageVersion = Token.max(200);

/** One package of a version's bill of materials. PyPI names are normalized as PEP 503 says. */
export const BundledPackage = z.strictObject({
  ecosystem: Ecosystem,
  name: PackageName,
  version: PackageVersion,
  file: z.string().max(255).describe('The first file of the bundle that says so'),
});
export type BundledPackage = z.infer<typeof BundledPackage>;

const RangeEvent = z.strictObject({
  introduced: PackageVersion.exactOptional(),
  fixed: PackageVersion.exactOptional(),
  last_affected: PackageVersion.exactOptional(),
  limit: PackageVersion.exactOptional(),
});

export const AffectedPackage = z.strictObject({
  ecosystem: Ecosystem,
  name: PackageName,
  ranges: z.array(z.strictObject({ events: z.array(RangeEvent).max(1000) })).max(1000),
  versions: z.array(PackageVersion).max(20_000),
});
export type AffectedPackage = z.infer<typeof AffectedPackage>;

/** As much of an OSV record as decides whether a package is affected, and how badly. */
export const Advisory = z
  .strictObject({
    id: z.string().regex(/^[A-Za-z0-9][\w.:-]{0,99}$/),
    summary: z.string().max(500),
    /** CVSS vectors. */
    vectors: z.array(z.string().max(300)).max(10),
    /** What its database calls it, such as `CRITICAL`; null if it does not say. */
    rating: z.string().max(50).nullable(),
    withdrawn: z.boolean(),
    affected: z.array(AffectedPackage).max(1000),
  })
  .meta({ id: 'Advisory' });
export type Advisory = z.infer<typeof Advisory>;

/** Takes PyPI's freedom of spelling from a name; other ecosystems have none. */
export const normalizedName = (ecosystem: Ecosystem, name: string): string =>
  ecosystem === 'PyPI' ? name.toLowerCase().replaceAll(/[-_.]+/g, '-') : name;
