/** The environment of each process of a local stack, put together in one place. It gets what it reads and nothing else. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RuntimeImages } from '@paddock/sandbox';
import type { SettingName } from '@paddock/service';
import { repositoryRoot } from '../folders.js';
import type { StackKeys } from './keys.js';

export const PROCESS_NAMES = ['api', 'verifier', 'executor', 'controller'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

/** What all processes of a stack have in common. */
export interface StackSettings {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly dockerHost: string;
  readonly images: RuntimeImages;
  /** The name under which the engine knows gVisor, if it does. */
  readonly gvisorRuntime: string | undefined;
  readonly apiPort: number;
  readonly queuePrefix: string;
  /** Artifacts are kept here, as long as the database is. */
  readonly artifactsFolder: string;
  /** Unpacked bundles, gone with the stack. The processes that use it make folders of their own in it. */
  readonly scratchFolder: string;
  readonly keys: StackKeys;
}

/** Where `vite build` puts the console. */
const CONSOLE = path.join(repositoryRoot(), 'apps/console/dist');

/** Settings by name; every process may be given one that it does not read. */
export type Environment = Partial<Record<SettingName, string>>;

/**
 * @param name whose environment it is
 * @param instance tells several of that name apart, from 1
 * @param overrides win over what stands here
 */
export function processEnvironment(
  name: ProcessName,
  instance: number,
  healthPort: number,
  stack: StackSettings,
  overrides: Environment = {},
): Record<string, string> {
  const queue: Environment = { REDIS_URL: stack.redisUrl, PADDOCK_QUEUE_PREFIX: stack.queuePrefix };
  const common: Environment = { DATABASE_URL: stack.databaseUrl, PADDOCK_HEALTH_PORT: String(healthPort), ...queue };
  const artifacts: Environment = { PADDOCK_ARTIFACTS_DIR: stack.artifactsFolder };
  const sandboxes: Environment = {
    DOCKER_HOST: stack.dockerHost,
    PADDOCK_RUNTIME_NODE_IMAGE: stack.images.node,
    ...(stack.images.python === undefined ? {} : { PADDOCK_RUNTIME_PYTHON_IMAGE: stack.images.python }),
    ...(stack.images.native === undefined ? {} : { PADDOCK_RUNTIME_NATIVE_IMAGE: stack.images.native }),
    PADDOCK_SECCOMP_FILE: path.join(repositoryRoot(), 'infra/seccomp.json'),
    PADDOCK_SCRATCH_DIR: path.join(stack.scratchFolder, `${name}-${instance}`),
  };
  const own: Record<ProcessName, Environment> = {
    api: {
      ...artifacts,
      PADDOCK_HTTP_PORT: String(stack.apiPort),
      ...(existsSync(path.join(CONSOLE, 'index.html')) ? { PADDOCK_CONSOLE_DIR: CONSOLE } : {}),
      PADDOCK_AUDIT_VERIFIER_KEY: stack.keys.auditVerifierKey,
      PADDOCK_REGISTRY_PUBLIC_KEYS_FILE: stack.keys.registryPublicKeysFile,
      PADDOCK_SECRETS_KEY_FILE: stack.keys.secretsKeyFile,
    },
    verifier: {
      ...artifacts,
      ...sandboxes,
      PADDOCK_REGISTRY_KEY_FILE: stack.keys.registryKeyFile,
      PADDOCK_REGISTRY_PUBLIC_KEYS_FILE: stack.keys.registryPublicKeysFile,
    },
    executor: {
      ...artifacts,
      ...sandboxes,
      PADDOCK_GVISOR_RUNTIME: stack.gvisorRuntime ?? '',
      PADDOCK_REGISTRY_PUBLIC_KEYS_FILE: stack.keys.registryPublicKeysFile,
      PADDOCK_SECRETS_KEY_FILE: stack.keys.secretsKeyFile,
    },
    controller: {
      ...artifacts,
      PADDOCK_AUDIT_KEY_FILE: stack.keys.auditKeyFile,
      PADDOCK_AUDIT_ORIGIN: stack.keys.auditOrigin,
    },
  };
  return { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', TZ: 'UTC', ...common, ...own[name], ...overrides };
}
