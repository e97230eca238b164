/** Starts the one stack that the system tests share; each test makes organizations of its own in it. */
import { type Stack, startStack } from '@paddock/infra';
import type { TestProject } from 'vitest/node';
import { Docker, leftovers } from './docker.js';

export interface SharedStack {
  apiUrl: string;
  databaseUrl: string;
  redisUrl: string;
  dockerHost: string;
  nodeImageId: string;
  auditVerifierKey: string;
  adminKey: string;
  /** What the stack begins with; the README's tour is theirs, every other test makes its own. */
  organizations: { slug: string; apiKey: string }[];
  logFiles: string[];
  /** Where the API stores bundles. */
  artifactsFolder: string;
  /** Where executor and verifier unpack them. */
  scratchFolder: string;
  queuePrefix: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    stack: SharedStack;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const since = new Date();
  const stack = await startStack({
    on: prerequisites(),
    durable: false,
    environment: { PADDOCK_LOG_LEVEL: 'debug', PADDOCK_LEASE_MS: '6000' },
  });
  project.provide('stack', shared(stack));
  return async () => {
    const problems = await stack.stop();
    const left = await leftovers(new Docker(stack.dockerHost), stack.settings.scratchFolder, since);
    if (problems.length + left.length > 0)
      throw new Error(`The stack did not end in order:\n${[...problems, ...left].join('\n')}`);
  };
}

/** What a test may know of a stack, as plain data. */
export function shared(stack: Stack): SharedStack {
  const admin = stack.organizations.find((organization) => organization.slug === 'paddock');
  if (admin === undefined) throw new Error('the stack was not seeded');
  const { apiUrl, databaseUrl, redisUrl, dockerHost, nodeImageId, auditVerifierKey, processes } = stack;
  const { artifactsFolder, scratchFolder, queuePrefix } = stack.settings;
  return {
    ...{ apiUrl, databaseUrl, redisUrl, dockerHost, nodeImageId, auditVerifierKey },
    ...{ artifactsFolder, scratchFolder, queuePrefix },
    adminKey: admin.apiKey,
    organizations: stack.organizations.map(({ slug, apiKey }) => ({ slug, apiKey })),
    logFiles: processes.map((each) => each.logFile),
  };
}

/** What `npm test` has started and names in the environment; without it, the stack starts its own. */
export function prerequisites() {
  const named = {
    databaseUrl: process.env['PADDOCK_TEST_DATABASE_URL'],
    redisUrl: process.env['PADDOCK_TEST_REDIS_URL'],
    dockerHost: process.env['DOCKER_HOST'],
    nodeImageId: process.env['PADDOCK_TEST_NODE_IMAGE'],
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
