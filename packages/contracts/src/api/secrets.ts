import { z } from 'zod';
import { SecretName } from '../capabilities.js';
import { SecretValue } from '../hostServices.js';
import { Timestamp } from './organizations.js';

export const SecretText = z.strictObject({ value: SecretValue });

/** What can be known of a secret: that it has a value, and since when. */
export const Secret = z.strictObject({ name: SecretName, setAt: Timestamp }).meta({ id: 'Secret' });
export type Secret = z.infer<typeof Secret>;
export const SecretList = z.strictObject({ items: z.array(Secret) });
