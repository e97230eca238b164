/** The typed door to locks.mjs, which stands outside what is compiled because run.mjs uses it before anything is built. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './folders.js';

/** Runs `work` while no other command on this machine holds the lock `name`; `onWait` is called if one does. */
type WithLock = <T>(name: string, work: () => Promise<T>, onWait?: () => void) => Promise<T>;

const file = pathToFileURL(path.join(repositoryRoot(), 'infra/local/locks.mjs')).href;
export const { withLock } = (await import(file)) as { withLock: WithLock };
