/**
 * A run's log, as far as a plugin may fill it: cleaned of everything that could steer a terminal or forge a line, and
 * capped. Lines are text and never interpreted.
 */
import type { LogLevel, LogLine } from '@paddock/contracts';
import { isObject } from './messages.js';

/** All messages of one run together, in bytes, and how many there may be. */
const MAX_LOG_BYTES = 64 * 1024;
const MAX_LOG_LINES = 1000;
/** A longer line, from wherever, is cut. */
export const MAX_LINE_BYTES = 4 * 1024;

const PROTOCOL_LEVELS: Record<string, LogLevel> = {
  debug: 'debug',
  info: 'info',
  notice: 'info',
  warning: 'warning',
  error: 'error',
  critical: 'error',
  alert: 'error',
  emergency: 'error',
};

export class RunLog {
  private bytes = 0;
  private lines = 0;
  private full = false;

  /** Whether whatever comes now is dropped. */
  get isFull(): boolean {
    return this.full;
  }

  constructor(private readonly onLog: (line: LogLine) => void) {}

  stderr(line: Buffer): void {
    this.add('stderr', line.toString('utf8'));
  }

  /** A `notifications/message`; one without a known level counts as `info`. */
  message(params: unknown): void {
    if (!isObject(params)) return;
    const level =
      typeof params['level'] === 'string' && Object.hasOwn(PROTOCOL_LEVELS, params['level']) ? params['level'] : 'info';
    const data = params['data'];
    this.add(PROTOCOL_LEVELS[level] ?? 'info', typeof data === 'string' ? data : (JSON.stringify(data) ?? ''));
  }

  /** A line, cleaned, as long as there is room. */
  add(level: LogLevel, text: string): void {
    if (this.full) return;
    const message = cleanText(capText(text, MAX_LINE_BYTES));
    this.bytes += Buffer.byteLength(message);
    this.lines += 1;
    if (this.bytes > MAX_LOG_BYTES || this.lines > MAX_LOG_LINES) {
      this.full = true;
      this.onLog({
        level: 'warning',
        message: 'The log was cut here: the run logged more than is kept.',
        at: Date.now(),
      });
      return;
    }
    this.onLog({ level, message, at: Date.now() });
  }
}

/** ANSI escape sequences: OSC up to its end, CSI, and the two-byte ones (ECMA-48). */
const ESC = String.fromCharCode(0x1b);
const BEL = String.fromCharCode(0x07);
const ESCAPES = new RegExp(
  `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?|${ESC}\\[[0-?]*[ -/]*[@-~]?|${ESC}[@-_]?`,
  'g',
);
/** Line breaks of every kind become a space; other control characters and those that reorder text vanish. */
const BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
const CONTROLS = /[^\P{Cc}\t]|[\p{Bidi_Control}\ufeff]/gu;

/** Text of a plugin's as one harmless line; broken surrogate pairs become U+FFFD. */
export function cleanText(text: string): string {
  const line = text
    .replace(/[\r\n]+$/, '')
    .replace(ESCAPES, '')
    .replace(BREAKS, ' ')
    .replace(CONTROLS, '');
  return Buffer.from(line, 'utf8').toString('utf8');
}

/** At most `maxBytes` of UTF-8, cut between characters. */
export function capText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
