/** The only place that reads the environment. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Environment {
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  /** Where `paddock login` keeps what it was told. */
  readonly configFile: string;
}

/** An empty variable counts as none. The configuration's folder is the XDG Base Directory Specification's. */
export function readEnvironment(): Environment {
  const { PADDOCK_URL, PADDOCK_API_KEY, XDG_CONFIG_HOME } = process.env;
  return {
    url: PADDOCK_URL || undefined,
    apiKey: PADDOCK_API_KEY || undefined,
    configFile: join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'paddock', 'config.json'),
  };
}
