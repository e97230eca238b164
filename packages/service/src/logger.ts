/** The log of a process: one JSON object a line on standard output, and no secret in it. */
import pino from 'pino';
import { redact } from './redact.js';

export type Logger = pino.Logger;

export interface LoggerOptions {
  /** The process' name, which stands on every line. */
  readonly process: string;
  readonly level: string;
  /** Where lines go; standard output unless given. */
  readonly destination?: { write(line: string): void };
}

const MAX_CAUSES = 8;
/** Objects deeper than this are left out. Room for all the causes of an error. */
const MAX_DEPTH = 12;

/** Lines are written at once, so that none is lost when the process exits. */
export function createLogger({
  process: name,
  level,
  destination = pino.destination({ fd: 1, sync: true }),
}: LoggerOptions): Logger {
  return pino(
    {
      level,
      depthLimit: MAX_DEPTH,
      base: { process: name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) =>
          Object.fromEntries(
            Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? serialiseError(value) : value]),
          ),
      },
      // Errors are plain objects by then.
      serializers: { err: (value: unknown) => value },
    },
    { write: (line: string) => void destination.write(redactLine(line)) },
  );
}

/** Every line passes here, whatever made it: fields, message, child loggers, serialised errors. */
function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redact(JSON.parse(line)))}\n`;
  } catch {
    return `${JSON.stringify({ level: 'error', time: new Date().toISOString(), msg: 'a log line was withheld: secrets could not be taken out of it' })}\n`;
  }
}

/** An error as a log shows it, with its causes. Other properties are left out: drivers keep queries and arguments there. */
function serialiseError(error: Error, depth = 0): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  const errors: unknown = error instanceof AggregateError ? error.errors : undefined;
  const inner = (value: unknown) =>
    value instanceof Error ? (depth < MAX_CAUSES ? serialiseError(value, depth + 1) : value.message) : value;
  return {
    type: name,
    message,
    ...(code === undefined ? {} : { code }),
    stack,
    ...(cause === undefined ? {} : { cause: inner(cause) }),
    ...(Array.isArray(errors) ? { errors: errors.slice(0, MAX_CAUSES).map(inner) } : {}),
  };
}
