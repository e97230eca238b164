/** The organizations of a local stack: the platform's admin, a publisher and two tenants, each with an owner's API key. */
import { PaddockError } from '@paddock/contracts';
import { openDatabase } from '@paddock/db';

const ACTOR = { type: 'process', id: 'local-stack' } as const;

/** What a local stack begins with. The slug is also what `paddock --as` takes. */
export const SEEDED_ORGANIZATIONS = [
  { slug: 'paddock', displayName: 'Paddock', platform: true, part: 'platform admin' },
  { slug: 'acme', displayName: 'Acme Plugins', platform: false, part: 'publisher' },
  { slug: 'globex', displayName: 'Globex', platform: false, part: 'tenant' },
  { slug: 'initech', displayName: 'Initech', platform: false, part: 'tenant' },
] as const;

export interface SeededOrganization {
  slug: string;
  part: string;
  /** An owner's key. */
  apiKey: string;
}

/** Makes the organizations, or new keys for those that are there. */
export async function seed({ databaseUrl }: { databaseUrl: string }): Promise<SeededOrganization[]> {
  const db = openDatabase({ url: databaseUrl, maxConnections: 2 });
  try {
    const seeded: SeededOrganization[] = [];
    for (const { part, ...organization } of SEEDED_ORGANIZATIONS) {
      const apiKey = await db.system.createOrganization(ACTOR, organization).then(
        (created) => created.apiKey,
        (error: unknown) => {
          if (!(error instanceof PaddockError) || error.code !== 'name_taken') throw error;
          return db.system.issueApiKey(ACTOR, organization.slug, { name: 'local stack', role: 'owner' });
        },
      );
      seeded.push({ slug: organization.slug, part, apiKey: apiKey.secret });
    }
    return seeded;
  } finally {
    await db.close();
  }
}
