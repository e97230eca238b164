/** Every setting of every process, as data. A process reads only those that it names; nothing else reads the environment. */

import { isIP } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import { isAbsolute } from 'node:path';
import { z } from 'zod';

export interface Setting<T = unknown> {
  /** What turns the variable's text into a value. Its messages MUST NOT repeat the text. */
  readonly schema: z.ZodType<T>;
  readonly description: string;
  /** The text that stands in for a variable that is not set, or how to come by it. Without one, the setting must be given. */
  readonly default?: string | (() => string);
  /** Its value is never shown. */
  readonly secret?: true;
}

const setting = <T>(
  schema: z.ZodType<T>,
  description: string,
  rest: Omit<Setting, 'schema' | 'description'> = {},
): Setting<T> => ({
  schema,
  description,
  ...rest,
});

const MiB = 1024 * 1024;
const cores = (times: number) => () => String(availableParallelism() * times);

const integer = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((n) => n >= min && n <= max, message);
};
const port = integer(0, 65_535);
const absolutePath = z.string().refine(isAbsolute, 'must be an absolute path');
const urlOf = (message: string, fits: (url: URL) => boolean) =>
  z.string().refine((text) => URL.canParse(text) && fits(new URL(text)), message);
/** Texts with commas between them. */
const listOf = (isOne: (text: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine((parts) => parts.every(isOne), message);
const isNetwork = (text: string): boolean => {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  return isIP(address) !== 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
};
const isServer = (text: string): boolean =>
  isIP(text) !== 0 || (/:\d{1,5}$/.test(text) && isIP(text.replace(/:\d+$/, '')) === 4);
const postgresUrl = urlOf('must be a URL of the form postgresql://user:password@host:port/database', ({ protocol }) =>
  ['postgres:', 'postgresql:'].includes(protocol),
);
const imageId = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be an image id of the form sha256:<64 hexadecimal digits>');
const name = z
  .string()
  .regex(/^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,63})?$/, 'must be up to 64 letters, digits, ., _ or -')
  .transform((text) => (text === '' ? undefined : text));
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const SETTINGS = {
  DATABASE_URL: setting(postgresUrl, 'PostgreSQL, with the role that sees every tenant.', { secret: true }),
  REDIS_URL: setting(
    urlOf('must be a URL of the form redis://host:port', ({ protocol }) => ['redis:', 'rediss:'].includes(protocol)),
    'Redis, for the queue.',
    { secret: true },
  ),
  DOCKER_HOST: setting(
    z
      .string()
      .refine(
        (text) => !/^(?:tcp|https?):/.test(text),
        'must be unix://: whoever reaches an engine over TCP is root on its host',
      )
      .refine(
        (text) => text.startsWith('unix:///') || /^(?:tcp|https?):/.test(text),
        'must be of the form unix:///path/to/docker.sock',
      ),
    'The Docker engine that runs sandboxes.',
    { default: 'unix:///var/run/docker.sock' },
  ),
  PADDOCK_LOG_LEVEL: setting(
    z.enum(logLevels, `must be one of ${logLevels.join(', ')}`),
    'The least severe level to log.',
    { default: 'info' },
  ),
  PADDOCK_HEALTH_PORT: setting(port, 'Port of /healthz and /readyz. 0 takes a free one, which the log names.', {
    default: '0',
  }),
  PADDOCK_HTTP_PORT: setting(port, 'Port of the API. 0 takes a free one.', { default: '8080' }),
  PADDOCK_HTTP_HOST: setting(
    z.string().regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or a host name'),
    'Address to listen on, for HTTP and health.',
    {
      default: '127.0.0.1',
    },
  ),
  PADDOCK_ARTIFACTS_DIR: setting(absolutePath, 'Folder of the stored artifacts.'),
  PADDOCK_SCRATCH_DIR: setting(absolutePath, 'Folder for unpacked bundles, on a disk with room.'),
  PADDOCK_CONSOLE_DIR: setting(
    absolutePath.optional(),
    'Folder of the built console; without it, the API serves none.',
  ),
  PADDOCK_REGISTRY_KEY_FILE: setting(
    absolutePath,
    'PEM file of the private key that countersigns verdicts. It is read at each use.',
  ),
  PADDOCK_REGISTRY_PUBLIC_KEYS_FILE: setting(
    absolutePath,
    'File of the registry’s public keys, those that it has retired too, as it hands them out. It is read at each use.',
  ),
  PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE: setting(
    absolutePath.optional(),
    'File of the Sigstore trusted root under which keyless signatures are believed; the public instance’s unless set.',
  ),
  PADDOCK_AUDIT_KEY_FILE: setting(absolutePath, 'PEM file of the private key that signs audit checkpoints.'),
  PADDOCK_AUDIT_VERIFIER_KEY: setting(
    z
      .string()
      .regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,60}$/, 'must be a C2SP verifier key of the form name+hash+key'),
    'The public half of the audit key, under which anybody can check the checkpoints.',
  ),
  PADDOCK_AUDIT_ORIGIN: setting(
    z.string().regex(/^[^\s+]{1,200}$/, 'must have neither spaces nor a plus'),
    'The audit log’s name in its checkpoints.',
    {
      default: 'paddock.local/audit',
    },
  ),
  PADDOCK_SECRETS_KEY_FILE: setting(
    absolutePath,
    'File of the keys that seal tenants’ secrets, a line each: `<id> <32 bytes in base64>`, the newest first.',
  ),
  PADDOCK_RUNTIME_NODE_IMAGE: setting(imageId, 'Image of the node runtime.'),
  PADDOCK_RUNTIME_PYTHON_IMAGE: setting(imageId.optional(), 'Image of the python runtime; without it, there is none.'),
  PADDOCK_RUNTIME_NATIVE_IMAGE: setting(imageId.optional(), 'Image of the native runtime; without it, there is none.'),
  PADDOCK_SECCOMP_FILE: setting(absolutePath, 'The seccomp profile of every sandbox.'),
  PADDOCK_FETCH_ALLOWED_NETWORKS: setting(
    listOf(isNetwork, 'must be networks such as 10.1.0.0/16, with commas between them'),
    'Networks beside the public internet that plugins’ fetches may reach, on any port, as far as hosts are granted.',
    { default: '' },
  ),
  PADDOCK_FETCH_DNS_SERVERS: setting(
    listOf(isServer, 'must be addresses such as 10.0.0.53 or 10.0.0.53:5353, with commas between them'),
    'DNS servers that resolve the hosts of plugins’ fetches; the system’s unless set.',
    { default: '' },
  ),
  PADDOCK_APPARMOR_PROFILE: setting(
    name,
    'AppArmor profile of every sandbox, loaded in the kernel; if empty, the engine’s own is used where there is AppArmor.',
    { default: '' },
  ),
  PADDOCK_GVISOR_RUNTIME: setting(
    name,
    'The name under which the Docker engine knows gVisor’s runsc; if empty, this host has no isolation L3.',
    { default: '' },
  ),
  PADDOCK_PROBE_EVERY_MS: setting(
    integer(1000, 86_400_000),
    'How often an executor tries its isolation out again, in milliseconds.',
    { default: '3600000' },
  ),
  PADDOCK_QUEUE_PREFIX: setting(
    z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 letters, digits, _ or -'),
    'What the queue’s keys in Redis begin with.',
    {
      default: 'paddock',
    },
  ),
  PADDOCK_MAX_BUNDLE_BYTES: setting(integer(1, 1024 * MiB), 'The largest bundle to take, in bytes.', {
    default: String(50 * MiB),
  }),
  PADDOCK_UPLOAD_TIMEOUT_MS: setting(
    integer(100, 280_000),
    'How long an upload may take from its first byte to its last, in milliseconds.',
    { default: '240000' },
  ),
  PADDOCK_EXECUTOR_CONCURRENCY: setting(
    integer(1, 1000),
    'Runs of one isolation level that an executor carries out at once; four a core unless set.',
    { default: cores(4) },
  ),
  PADDOCK_EXECUTOR_MAX_SANDBOXES: setting(
    integer(1, 5000),
    'Sandboxes that one executor keeps at most; eight a core unless set.',
    { default: cores(8) },
  ),
  PADDOCK_EXECUTOR_MEMORY_BYTES: setting(
    integer(64 * MiB, 2 ** 50),
    'The memory limits of all sandboxes of one executor together, in bytes; three quarters of the host’s memory unless set.',
    { default: () => String(Math.floor(totalmem() * 0.75)) },
  ),
  PADDOCK_EXECUTOR_MAX_SPARES: setting(
    integer(0, 1000),
    'Sandboxes that one executor may keep started ahead of demand; two a core unless set, none with 0.',
    { default: cores(2) },
  ),
  PADDOCK_LEASE_MS: setting(
    integer(1000, 600_000),
    'How long a claim on a run holds unless renewed, in milliseconds.',
    { default: '15000' },
  ),
  PADDOCK_SCAN_MS: setting(
    integer(1000, 600_000),
    'How long a bundle’s scan may take, in milliseconds; one that takes longer waits for a person.',
    { default: '90000' },
  ),
  PADDOCK_DETONATION_CALL_MS: setting(
    integer(100, 30_000),
    'How long a detonation waits for each tool’s answer, in milliseconds.',
    { default: '5000' },
  ),
  PADDOCK_SANDBOX_IDLE_MS: setting(integer(0, 86_400_000), 'How long a sandbox is kept unused, in milliseconds.', {
    default: '60000',
  }),
  PADDOCK_DRAIN_MS: setting(integer(0, 600_000), 'How long a process may take to stop, in milliseconds.', {
    default: '15000',
  }),
  PADDOCK_WAIT_MAX_SECONDS: setting(integer(0, 600), 'The longest that a request may wait for its run, in seconds.', {
    default: '60',
  }),
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export type Config<K extends SettingName> = { readonly [P in K]: z.infer<(typeof SETTINGS)[P]['schema']> };
