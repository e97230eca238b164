import { availableParallelism } from 'node:os';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ConfigError, loadConfig } from './config.js';
import { SETTINGS, type SettingName } from './settings.js';

const NAMES = Object.keys(SETTINGS) as SettingName[];
const CANARY = 'canary-2f9c1d';
const SHA = 'a'.repeat(64);

const GOOD: Record<string, string> = {
  DATABASE_URL: 'postgresql://owner:pw@localhost:5432/paddock',
  REDIS_URL: 'redis://localhost:6379/1',
  PADDOCK_ARTIFACTS_DIR: '/var/lib/paddock/artifacts',
  PADDOCK_SCRATCH_DIR: '/var/lib/paddock/scratch',
  PADDOCK_REGISTRY_KEY_FILE: '/etc/paddock/registry.pem',
  PADDOCK_REGISTRY_PUBLIC_KEYS_FILE: '/etc/paddock/registry-keys.json',
  PADDOCK_AUDIT_KEY_FILE: '/etc/paddock/audit.pem',
  PADDOCK_AUDIT_VERIFIER_KEY: 'paddock.local/audit+00000000+AQICAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g',
  PADDOCK_RUNTIME_NODE_IMAGE: `sha256:${SHA}`,
  PADDOCK_SECCOMP_FILE: '/etc/paddock/seccomp.json',
  PADDOCK_SECRETS_KEY_FILE: '/etc/paddock/secrets-key.json',
};

function problems(keys: readonly SettingName[], env: Record<string, string>): Record<string, string> {
  try {
    loadConfig(keys, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.problems.map(({ name, problem }) => [name, problem]));
  }
  return {};
}

describe('loadConfig', () => {
  it('needs no more than the settings without a default', () => {
    const required = NAMES.filter(
      (name) => !('default' in SETTINGS[name] || SETTINGS[name].schema.safeParse(undefined).success),
    );
    expect(required.sort()).toEqual(Object.keys(GOOD).sort());
    const config = loadConfig(NAMES, GOOD);
    expect(config).toMatchObject({
      ...GOOD,
      DOCKER_HOST: 'unix:///var/run/docker.sock',
      PADDOCK_HTTP_HOST: '127.0.0.1',
      PADDOCK_MAX_BUNDLE_BYTES: 52_428_800,
      PADDOCK_EXECUTOR_CONCURRENCY: availableParallelism() * 4,
      PADDOCK_DRAIN_MS: 15_000,
      PADDOCK_CONSOLE_DIR: undefined,
    });
  });

  it('gives each setting its type', () => {
    const config = loadConfig(['PADDOCK_HTTP_PORT', 'PADDOCK_CONSOLE_DIR', 'PADDOCK_LOG_LEVEL'], {
      PADDOCK_HTTP_PORT: '80',
    });
    expectTypeOf(config.PADDOCK_HTTP_PORT).toEqualTypeOf<number>();
    expectTypeOf(config.PADDOCK_CONSOLE_DIR).toEqualTypeOf<string | undefined>();
    expect(config).toEqual({ PADDOCK_HTTP_PORT: 80, PADDOCK_CONSOLE_DIR: undefined, PADDOCK_LOG_LEVEL: 'info' });
  });

  it('reads only what is named', () => {
    expect(loadConfig(['PADDOCK_QUEUE_PREFIX'], { DATABASE_URL: 'not a URL', PADDOCK_LEASE_MS: 'soon' })).toEqual({
      PADDOCK_QUEUE_PREFIX: 'paddock',
    });
  });

  it('counts a variable that is set to nothing as not set', () => {
    expect(loadConfig(['PADDOCK_HTTP_HOST'], { PADDOCK_HTTP_HOST: '' })).toEqual({ PADDOCK_HTTP_HOST: '127.0.0.1' });
    expect(problems(['REDIS_URL'], { REDIS_URL: '' })).toEqual({ REDIS_URL: expect.stringMatching(/^is missing/) });
  });

  it('lists every fault at once', () => {
    const found = problems(['DATABASE_URL', 'REDIS_URL', 'PADDOCK_LEASE_MS', 'PADDOCK_HTTP_HOST'], {
      REDIS_URL: 'http://localhost',
      PADDOCK_LEASE_MS: '15s',
      PADDOCK_LAESE_MS: '1',
    });
    expect(Object.keys(found).sort()).toEqual(['DATABASE_URL', 'PADDOCK_LAESE_MS', 'PADDOCK_LEASE_MS', 'REDIS_URL']);
    expect(found['PADDOCK_LAESE_MS']).toContain('PADDOCK_LEASE_MS');
  });

  it.each(NAMES)('never shows what %s was set to', (name) => {
    const texts = [
      CANARY,
      `${CANARY} with spaces`,
      `tcp://user:${CANARY}@host`,
      `mysql://user:${CANARY}@host/db`,
      `-${CANARY}`,
      `\n${CANARY}+`,
    ];
    const refused = texts
      .map((text) => JSON.stringify(problems([name], { [name]: text })))
      .filter((found) => found !== '{}');
    expect(refused.length).toBeGreaterThan(0);
    for (const found of refused) expect(found).not.toContain(CANARY);
  });

  it.each([
    ['DOCKER_HOST', 'tcp://10.0.0.1:2375', 'root on its host'],
    ['DOCKER_HOST', '/var/run/docker.sock', 'unix:///'],
    ['DOCKER_HOST', 'unix://relative', 'unix:///'],
    ['DATABASE_URL', 'mysql://localhost/x', 'postgresql://'],
    ['PADDOCK_HTTP_PORT', '65536', 'from 0 to 65535'],
    ['PADDOCK_HTTP_PORT', '0x50', 'from 0 to 65535'],
    ['PADDOCK_HTTP_PORT', '-1', 'from 0 to 65535'],
    ['PADDOCK_HTTP_PORT', '80.5', 'from 0 to 65535'],
    ['PADDOCK_LOG_LEVEL', 'loud', 'fatal, error'],
    ['PADDOCK_ARTIFACTS_DIR', 'artifacts', 'absolute'],
    ['PADDOCK_RUNTIME_NODE_IMAGE', 'node:24', 'sha256:'],
    ['PADDOCK_RUNTIME_NODE_IMAGE', `sha256:${SHA}0`, 'sha256:'],
    ['PADDOCK_AUDIT_ORIGIN', 'a+b', 'plus'],
    ['PADDOCK_EXECUTOR_CONCURRENCY', '0', 'from 1'],
  ] as const)('refuses %s=%s', (name, text, why) => {
    expect(problems([name], { [name]: text })).toEqual({ [name]: expect.stringContaining(why) });
  });

  it('refuses what begins with PADDOCK_ and is no setting, without its value, even if it is set to nothing', () => {
    const found = problems([], { PADDOCK_DATABASE_URL: CANARY, PADDOCK_REGISTRY_KEYFILE: '', PADDOCK_HTTP_PROT: '1' });
    expect(found).toEqual({
      PADDOCK_DATABASE_URL: expect.stringContaining('Did you mean'),
      PADDOCK_REGISTRY_KEYFILE: expect.stringContaining('PADDOCK_REGISTRY_KEY_FILE'),
      PADDOCK_HTTP_PROT: expect.stringContaining('PADDOCK_HTTP_PORT'),
    });
    expect(JSON.stringify(found)).not.toContain(CANARY);
  });

  it('lets tests’ variables and the state folder be', () => {
    expect(problems([], { PADDOCK_TEST_ANYTHING: '1', PADDOCK_STATE_DIR: '/x', PATH: '/bin' })).toEqual({});
    expect(problems([], { PADDOCK_STATE_DIRS: '/x' })).toHaveProperty('PADDOCK_STATE_DIRS');
  });
});
