import { z } from 'zod';
import { BundlePath } from '../manifest.js';
import { Id } from './organizations.js';

/** What code can do, and what a plugin may ask of the host; `network` is both. */
export const AbilityName = z.enum([
  ...(['network', 'kv', 'blobs', 'secrets'] as const),
  ...(['process', 'filesystem', 'environment', 'eval', 'native'] as const),
  ...(['crypto_mining', 'persistence', 'obfuscation'] as const),
]);
export type AbilityName = z.infer<typeof AbilityName>;

const Particulars = z.array(z.string()).nullable();

/** One ability of a version, side by side from every point of view. */
export const AbilityRow = z
  .strictObject({
    ability: AbilityName,
    detected: z
      .strictObject({ file: BundlePath, line: z.int().nullable() })
      .nullable()
      .describe('The first place of its code that shows it; null where none does'),
    declared: Particulars.describe('By its manifest: hosts, names of secrets; null: not declared'),
    observed: Particulars.describe('What it asked for when it was detonated; null: nothing'),
    granted: Particulars.describe('By the install; null: not granted. What code can do by itself, nobody can grant'),
  })
  .meta({ id: 'AbilityRow' });
export type AbilityRow = z.infer<typeof AbilityRow>;

/** Only abilities of which one point of view knows something are in it. */
export const Abilities = z.strictObject({ versionId: Id, items: z.array(AbilityRow) }).meta({ id: 'Abilities' });
export type Abilities = z.infer<typeof Abilities>;
