/** Lines from a stream. `node:readline` does the same and takes several milliseconds to load. */
import { StringDecoder } from 'node:string_decoder';

/** Calls `onLine` for each complete line and `onEnd` when the stream has ended; a last line without a newline is not one. */
export function readLines(input: NodeJS.ReadableStream, onLine: (line: string) => void, onEnd: () => void): void {
  const decoder = new StringDecoder('utf8');
  // Pieces of a line are gathered and joined once, so that a long line does not cost the square of its length.
  let pieces: string[] = [];
  input.on('data', (chunk: Buffer | string) => {
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      pieces.push(text.slice(start, end));
      const line = pieces.join('');
      pieces = [];
      start = end + 1;
      if (line !== '') onLine(line);
    }
    if (start < text.length) pieces.push(text.slice(start));
  });
  input.on('end', onEnd);
}
