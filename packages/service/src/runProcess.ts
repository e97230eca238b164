/**
 * The life of a process, the same for all: read the configuration, start, serve, drain once, exit. It knows nothing of what
 * the process does.
 */
import { ConfigError, loadConfig } from './config.js';
import { type Health, startHealth } from './health.js';
import { createLogger, type Logger } from './logger.js';
import type { Config, SettingName } from './settings.js';
import { type Stop, StopList } from './shutdown.js';

/** How a process ends. */
export const EXIT = {
  drained: 0,
  failed: 1,
  /** EX_CONFIG of sysexits.h. */
  config: 78,
  /** A second signal, as a shell reports an interrupt. */
  interrupted: 130,
} as const;

/** What every process reads, whether it names it or not. */
const OWN_SETTINGS = ['PADDOCK_LOG_LEVEL', 'PADDOCK_HEALTH_PORT', 'PADDOCK_HTTP_HOST', 'PADDOCK_DRAIN_MS'] as const;
type OwnSetting = (typeof OWN_SETTINGS)[number];

export interface ProcessContext<K extends SettingName> {
  readonly config: Config<K | OwnSetting>;
  readonly logger: Logger;
  /** Aborted when the process begins to drain. */
  readonly signal: AbortSignal;
  /** Notes how to stop what was just started: at the end, in reverse order. */
  onStop(name: string, stop: Stop): void;
  /** Adds a condition for being ready. It has two seconds. */
  addCheck(name: string, check: () => Promise<void>): void;
}

export interface ProcessOptions<K extends SettingName> {
  readonly name: string;
  readonly settings: readonly K[];
  /**
   * Starts the process' work and resolves once it serves; until then, it is not ready. May return a last thing to stop, which
   * is then stopped first. If it throws, what it started is stopped and the process exits with 1; once the signal is aborted,
   * it may throw to break the start off.
   */
  readonly start: (context: ProcessContext<K>) => Promise<Stop> | Promise<void>;
}

/** Runs a process to its end. It owns signals, the exit code and the environment; it resolves once everything is started. */
export async function runProcess<K extends SettingName>({ name, settings, start }: ProcessOptions<K>): Promise<void> {
  const config = readConfig<K | OwnSetting>(name, [...settings, ...OWN_SETTINGS]);
  const logger = createLogger({ process: name, level: config.PADDOCK_LOG_LEVEL });
  const stops = new StopList();
  const draining = new AbortController();

  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ err: asError(error) }, event);
      process.exit(EXIT.failed);
    });
  }

  let started = false;
  let health: Health | undefined;
  const checks: Record<string, () => Promise<void>> = {
    started: async () => {
      if (!started) throw new Error('still starting');
    },
  };
  const begin = async (): Promise<void> => {
    health = await startHealth({
      port: config.PADDOCK_HEALTH_PORT,
      host: config.PADDOCK_HTTP_HOST,
      checks,
      onFailure: (check, error) => logger.warn({ check, err: asError(error) }, 'not ready'),
    });
    stops.add('health', health.close);
    if (draining.signal.aborted) return;
    const stop = await start({
      config,
      logger,
      signal: draining.signal,
      onStop: (what, how) => stops.add(what, how),
      addCheck: (what, check) => {
        checks[what] = check;
      },
    });
    if (stop) stops.add('process', stop);
    started = true;
    logger.info({ healthPort: health.port }, 'started');
  };

  /** Stops everything within the time allowed, then exits. Waits for a start under way, so that nothing stays half-started. */
  const leave = async (code: number): Promise<never> => {
    draining.abort();
    health?.drain();
    setTimeout(() => {
      logger.error({ drainMs: config.PADDOCK_DRAIN_MS, stopping: stops.current ?? 'start' }, 'stopping took too long');
      process.exit(EXIT.failed);
    }, config.PADDOCK_DRAIN_MS);
    await starting;
    const { clean } = await stops.run(logger);
    logger.info('stopped');
    process.exit(clean ? code : EXIT.failed);
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (draining.signal.aborted) process.exit(EXIT.interrupted);
      logger.info({ signal }, 'draining');
      void leave(EXIT.drained);
    });
  }

  const starting = begin().then(
    () => true,
    (error: unknown) => {
      if (draining.signal.aborted) {
        logger.warn({ err: asError(error) }, 'the start was broken off');
        return true;
      }
      logger.fatal({ err: asError(error) }, 'could not start');
      return false;
    },
  );
  if (!(await starting)) await leave(EXIT.failed);
}

function readConfig<K extends SettingName>(name: string, settings: readonly K[]): Config<K> {
  try {
    return loadConfig(settings, process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exit(EXIT.config);
  }
}

const asError = (value: unknown): Error =>
  value instanceof Error ? value : new Error('something that is no error was thrown', { cause: value });
