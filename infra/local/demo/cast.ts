/** Who plays in the demo: the stack's own organizations, and a publisher who means no good. */
import {
  ApiError,
  createClient,
  type Install,
  type PaddockClient,
  type Run,
  unwrap,
  type Version,
} from '@paddock/client';
import { openDatabase } from '@paddock/db';
import type { Stack } from '../stack/startStack.js';
import type { Steps } from './steps.js';

export interface Organization {
  slug: string;
  apiKey: string;
  client: PaddockClient;
}

/** A run as the demo remembers it. */
export interface PlayedRun {
  tenant: string;
  run: Run;
}

/** What the chapters hand on to each other. */
export interface Play {
  readonly stack: Stack;
  readonly steps: Steps;
  /** A folder to work in, gone with the demo. */
  readonly folder: string;
  readonly admin: Organization;
  readonly acme: Organization;
  readonly mallory: Organization;
  readonly globex: Organization;
  readonly initech: Organization;
  /** By plugin. */
  readonly versions: Map<string, Version>;
  /** By tenant and plugin: `globex acme/markdown`. */
  readonly installs: Map<string, Install>;
  readonly runs: PlayedRun[];
  /** Uploads that were refused, and the code of each. */
  readonly refusals: { upload: string; code: string }[];
}

/** @param stack with its first organizations */
export async function gather(stack: Stack, steps: Steps, folder: string): Promise<Play> {
  const seeded = (slug: string) => {
    const found = stack.organizations.find((organization) => organization.slug === slug);
    if (found === undefined) throw new Error(`The stack has no organization ${slug}.`);
    return organization(stack, slug, found.apiKey);
  };
  const admin = seeded('paddock');
  return {
    ...{ stack, steps, folder, admin },
    acme: seeded('acme'),
    mallory: await newcomer(stack, admin, 'mallory', 'Mallory Tools'),
    globex: seeded('globex'),
    initech: seeded('initech'),
    versions: new Map(),
    installs: new Map(),
    runs: [],
    refusals: [],
  };
}

function organization(stack: Stack, slug: string, apiKey: string): Organization {
  return { slug, apiKey, client: createClient({ url: stack.apiUrl, apiKey }) };
}

/** An organization that the admin makes; in a database that has it already, a new key for it. */
async function newcomer(stack: Stack, admin: Organization, slug: string, displayName: string): Promise<Organization> {
  try {
    const { apiKey } = await unwrap(admin.client.POST('/v1/organizations', { body: { slug, displayName } }));
    return organization(stack, slug, apiKey.secret);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'name_taken') throw error;
  }
  const db = openDatabase({ url: stack.databaseUrl, maxConnections: 1 });
  try {
    const actor = { type: 'process', id: 'local-demo' } as const;
    const key = await db.system.issueApiKey(actor, slug, { name: 'demo', role: 'owner' });
    return organization(stack, slug, key.secret);
  } finally {
    await db.close();
  }
}
