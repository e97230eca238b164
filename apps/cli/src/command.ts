/** What every command has: its options, its connection, its output, and how its handler is called. */
import { type ClientOptions, createClient, type PaddockClient } from '@paddock/client';
import { type Command, InvalidArgumentError } from 'commander';
import { type ConnectionOptions, resolveConnection } from './connection.js';
import { type Environment, readEnvironment } from './environment.js';
import { Output } from './output.js';

export interface GlobalOptions extends ConnectionOptions {
  json?: boolean;
}

export interface Context {
  readonly output: Output;
  readonly options: GlobalOptions;
  readonly environment: Environment;
  /** @throws CliError when it is not known which server, or with which key. */
  connect(): Promise<{ client: PaddockClient; connection: ClientOptions }>;
}

/** Adds one command to the program. */
export type Register = (program: Command) => void;

/**
 * A handler as commander calls it.
 * @param handler gets the context, the command's arguments and its options; what it answers is the exit code, 0 if nothing.
 */
export function action<A extends unknown[]>(
  handler: (context: Context, ...args: A) => Promise<number> | Promise<void>,
) {
  return async (...all: unknown[]): Promise<void> => {
    const command = all.pop() as Command; // Commander ends the arguments with the command itself.
    const options = command.optsWithGlobals<GlobalOptions>();
    const environment = readEnvironment();
    const connect = async () => {
      const connection = await resolveConnection(options, environment);
      return { connection, client: createClient(connection) };
    };
    const exitCode = await handler(
      { output: new Output(options.json === true), options, environment, connect },
      ...(all as A),
    );
    process.exitCode = exitCode ?? 0;
  };
}

/** The end of a command's help. */
export const examples = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;

/** An option's parser for whole numbers. */
export const integer =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
    return value;
  };

/** An option's parser for a moment: anything that Date takes, such as 2026-05-01 or 2026-05-01T08:00:00Z. */
export function timestamp(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('It takes a date such as 2026-05-01 or 2026-05-01T08:00:00Z.');
  return time.toISOString();
}

/** An option's parser that gathers the values of a repeated option. */
export const gather = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** The object without its properties that are undefined. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The page's size of a list, as an option. */
export const LIMIT = ['--limit <n>', 'how many at most, 1 to 200', integer(1, 200), 50] as const;

/** The option of the commands that pack. */
export const bundlingOption = (command: Command): Command =>
  command.option('--no-bundle', 'pack the folder as it is, with its entry untouched');

/** The option of the commands that sign. */
export const keyOption = (command: Command): Command =>
  command.option('--key <file>', 'a private key’s file, as paddock keygen writes it; repeat it for more', gather);
