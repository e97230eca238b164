import { formatAgo, formatExact } from './format.js';

/** A moment, as the time since; the exact one on hover. */
export const Time = ({ at }: { at: string }) => (
  <time dateTime={at} title={formatExact(at)}>
    {formatAgo(at)}
  </time>
);
