import { z } from 'zod';
import { Capabilities } from '../capabilities.js';
import { OrganizationSlug } from '../names.js';
import { Id, Timestamp } from './organizations.js';

/** What one install gave a version to reach: for whoever has to know what a plugin could have done. */
export const ExposedInstall = z
  .strictObject({
    installId: Id,
    organization: z.strictObject({ id: Id, slug: OrganizationSlug }),
    createdAt: Timestamp,
    removedAt: Timestamp.nullable(),
    current: z.boolean().describe('Whether the install stands at this version now'),
    grants: Capabilities,
    secrets: z
      .array(
        z.strictObject({
          name: z.string(),
          setAt: Timestamp.describe('When it first got a value'),
          read: z.int().describe('How often the version was given it'),
        }),
      )
      .describe('Those in reach: granted, and set at some time. Names alone; the values are nowhere shown'),
    runs: z.strictObject({
      total: z.int(),
      underWay: z.int().describe('What these have asked of the host is not known yet'),
      firstAt: Timestamp.nullable(),
      lastAt: Timestamp.nullable(),
      newest: z.array(Id).describe('The newest 20'),
    }),
    fetched: z
      .array(z.strictObject({ host: z.string(), requests: z.int() }))
      .describe('The hosts that were fetched from'),
    answered: z
      .array(z.strictObject({ service: z.string(), requests: z.int() }))
      .describe('What else was asked of the host and answered'),
    refused: z.int().describe('What was asked of the host against the rules'),
  })
  .meta({ id: 'ExposedInstall' });
export type ExposedInstall = z.infer<typeof ExposedInstall>;
