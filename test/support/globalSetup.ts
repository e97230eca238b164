/** Starts the one stack that the system tests share; each test makes organizations of its own in it. */
import { type Stack, type StackOptions, startStack } from '@paddock/infra';
import type { RuntimeImages } from '@paddock/sandbox';
import type { TestProject } from 'vitest/node';
import { Docker, leftovers } from './docker.js';

export interface SharedStack {
  apiUrl: string;
  databaseUrl: string;
  redisUrl: string;
  dockerHost: string;
  images: RuntimeImages;
  auditVerifierKey: string;
  adminKey: string;
  /** What the stack begins with; the README's tour is theirs, every other test makes its own. */
  organizations: { slug: string; apiKey: string }[];
  logFiles: string[];
  /** Its processes, as the machine knows them. */
  processes: readonly { name: string; pid: number }[];
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
    // Many of the tests' plugins have tools that never answer, and each is called before it is installed.
    environment: { PADDOCK_LOG_LEVEL: 'debug', PADDOCK_LEASE_MS: '6000', PADDOCK_DETONATION_CALL_MS: '1500' },
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
  const { apiUrl, databaseUrl, redisUrl, dockerHost, images, auditVerifierKey, processes } = stack;
  const { artifactsFolder, scratchFolder, queuePrefix } = stack.settings;
  return {
    ...{ apiUrl, databaseUrl, redisUrl, dockerHost, images, auditVerifierKey },
    ...{ artifactsFolder, scratchFolder, queuePrefix },
    adminKey: admin.apiKey,
    organizations: stack.organizations.map(({ slug, apiKey }) => ({ slug, apiKey })),
    logFiles: processes.map((each) => each.logFile),
    processes: processes.map(({ name, pid }) => ({ name, pid })),
  };
}

/** What `npm test` has started and names in the environment; without it, the stack starts its own. */
export function prerequisites(): NonNullable<StackOptions['on']> {
  const images = process.env['PADDOCK_TEST_IMAGES'];
  const named = {
    databaseUrl: process.env['PADDOCK_TEST_DATABASE_URL'],
    redisUrl: process.env['PADDOCK_TEST_REDIS_URL'],
    dockerHost: process.env['DOCKER_HOST'],
    images: images && (JSON.parse(images) as RuntimeImages),
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
