/** Says when a plugin's folder has changed and has come to rest. It reads no file. */
import { watch } from 'node:fs';

const REST_MS = 200;

/** Calls back once for any number of changes close together. Dependencies and hidden files don't count. @returns what ends it */
export function watchFolder(folder: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, (_event, file) => {
    if (file?.split('/').some((part) => part === 'node_modules' || part.startsWith('.'))) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, REST_MS);
  });
  // A folder that goes away is noticed by the next load.
  watcher.on('error', () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
