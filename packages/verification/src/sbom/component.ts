/** What a bundle is made of: packages of others, as its lock files and the packages in it name them. */
import { BundlePath, Ecosystem } from '@paddock/contracts';
import { z } from 'zod';

/** More than any bundle that we saw; what lies beyond is a finding. */
export const MAX_COMPONENTS = 5000;

/** It may have been read from hostile bytes: only characters that no ecosystem's names go beyond. */
export const Component = z.strictObject({
  ecosystem: Ecosystem,
  name: z
    .string()
    .max(255)
    .regex(/^[A-Za-z0-9@_.~/!+-]+$/),
  version: z
    .string()
    .max(128)
    .regex(/^[A-Za-z0-9_.~+!-]+$/),
  /** A lock file calls it needed for development only. */
  development: z.boolean(),
  /** What it says of its licence: mostly an SPDX expression; null where it says nothing. */
  license: z.string().max(200).nullable(),
  /** The file of the bundle that names it. */
  file: BundlePath,
});
export type Component = z.infer<typeof Component>;

/** A component as a reader finds it, before it is known to have the form of one. */
export type Named = Pick<Component, 'name' | 'version'> & { development?: boolean; license?: string | undefined };
