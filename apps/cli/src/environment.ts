/** The only place that reads the environment. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RUNTIMES, type Runtime } from '@paddock/contracts';

export interface Environment {
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  /** Where `paddock login` keeps what it was told. */
  readonly configFile: string;
  /** Where the Docker engine for sandboxes answers. */
  readonly dockerHost: string | undefined;
  /** The sandboxes’ seccomp profile, in place of the one that comes with the checkout. */
  readonly seccompFile: string | undefined;
  /** The runtimes' images by their ids, as an executor's settings name them. */
  readonly images: Partial<Record<Runtime, string>>;
  /** For `paddock dev`, by name: each `PADDOCK_SECRET_<NAME>`. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** An empty variable counts as none. The configuration's folder is the XDG Base Directory Specification's. */
export function readEnvironment(): Environment {
  const { PADDOCK_URL, PADDOCK_API_KEY, XDG_CONFIG_HOME, DOCKER_HOST, PADDOCK_SECCOMP_FILE } = process.env;
  return {
    url: PADDOCK_URL || undefined,
    apiKey: PADDOCK_API_KEY || undefined,
    configFile: join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'paddock', 'config.json'),
    dockerHost: DOCKER_HOST || undefined,
    seccompFile: PADDOCK_SECCOMP_FILE || undefined,
    images: Object.fromEntries(
      RUNTIMES.flatMap((runtime) => {
        const imageId = process.env[`PADDOCK_RUNTIME_${runtime.toUpperCase()}_IMAGE`];
        return imageId ? [[runtime, imageId]] : [];
      }),
    ),
    secrets: secretsOf(process.env),
  };
}

const SECRET = 'PADDOCK_SECRET_';

const secretsOf = (variables: NodeJS.ProcessEnv): Map<string, string> =>
  new Map(
    Object.entries(variables).flatMap(([name, value]) =>
      name.startsWith(SECRET) && value !== undefined ? [[name.slice(SECRET.length), value] as const] : [],
    ),
  );
