/** Numbers and times as people read them. */

const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const exactTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 7],
];

export const formatDate = (at: string): string => dateTime.format(new Date(at));
export const formatExact = (at: string): string => exactTime.format(new Date(at));

/** `3 minutes ago`; a date once it is more than a week away. */
export function formatAgo(at: string, now = Date.now()): string {
  let amount = (Date.parse(at) - now) / 1000;
  for (const [unit, next] of STEPS) {
    if (Math.abs(amount) < next) return relative.format(Math.round(amount), unit);
    amount /= next;
  }
  return formatDate(at);
}

/** Bytes in binary units: `12.4 KiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const amount = bytes / 1024 ** power;
  return `${amount.toLocaleString(undefined, { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${units[power] ?? 'B'}`;
}

/** Milliseconds as `0.4 ms`, `84 ms`, `2.5 s` or `3.0 min`. */
export function formatMs(ms: number): string {
  const digits = (value: number) => value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 });
  if (ms < 1000) return `${digits(ms)} ms`;
  return ms < 60_000 ? `${digits(ms / 1000)} s` : `${digits(ms / 60_000)} min`;
}

/** `out_of_memory` as `out of memory`. */
export const formatState = (state: string): string => state.replaceAll('_', ' ');
