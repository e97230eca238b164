/** The system under test, as its users see it: an API's address, and organizations to be somebody in. */

import { randomBytes } from 'node:crypto';
import { createClient, type PaddockClient, unwrap } from '@paddock/client';
import { inject } from 'vitest';
import type { SharedStack } from './globalSetup.js';

export interface TestOrganization {
  id: string;
  slug: string;
  apiKey: string;
  client: PaddockClient;
}

export interface TestStack extends SharedStack {
  admin: TestOrganization;
  /** A new organization that no other test knows. */
  createOrganization(name?: string): Promise<TestOrganization>;
}

/** The stack that all system tests share. */
export function testStack(): Promise<TestStack> {
  return open(inject('stack'));
}

/** The same over a stack that a test started for itself. */
export async function open(stack: SharedStack): Promise<TestStack> {
  const client = createClient({ url: stack.apiUrl, apiKey: stack.adminKey });
  const me = await unwrap(client.GET('/v1/me'));
  const admin: TestOrganization = {
    id: me.organization.id,
    slug: me.organization.slug,
    apiKey: stack.adminKey,
    client,
  };
  return {
    ...stack,
    admin,
    async createOrganization(name = 'org') {
      const slug = `${name}-${randomBytes(5).toString('hex')}`;
      const { organization, apiKey } = await unwrap(
        client.POST('/v1/organizations', { body: { slug, displayName: name } }),
      );
      return {
        id: organization.id,
        slug,
        apiKey: apiKey.secret,
        client: createClient({ url: stack.apiUrl, apiKey: apiKey.secret }),
      };
    },
  };
}
