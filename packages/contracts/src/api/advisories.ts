import { z } from 'zod';
import { Advisory } from '../supply.js';

/** Advisories as `paddock advisories import` sends them, some at a time. */
export const NewAdvisories = z.strictObject({ advisories: z.array(Advisory).min(1).max(500) });

export const AdvisoryImport = z
  .strictObject({
    imported: z.int().describe('New or changed'),
    removed: z.int().describe('Withdrawn'),
    unchanged: z.int().describe('Known as they are, or withdrawn and never known'),
  })
  .meta({ id: 'AdvisoryImport' });
export type AdvisoryImport = z.infer<typeof AdvisoryImport>;
