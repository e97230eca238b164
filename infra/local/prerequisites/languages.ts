/** What plugins in other languages than JavaScript need: a Python for the runtime's image, a Go to build examples with. */
import { findPython } from '../../runtimes/python.js';
import { findProgram } from '../processes.js';
import type { Wanted } from './packages.js';

/** What is missing to make the `python` runtime's image, if anything is. */
export async function pythonWanted(): Promise<Wanted[]> {
  if ((await findPython()) !== undefined) return [];
  return [
    {
      program: 'Python 3.11',
      packages: ['python3'],
      otherwise: 'put a Python 3.11 or newer with its standard library at /usr/bin/python3',
      without: 'The runtime python is left out.',
    },
  ];
}

/** Where Go's command stands. */
export const findGo = (): string | undefined => findProgram('go');

/** What is missing to build Go plugins, if anything is. */
export function goWanted(): Wanted[] {
  if (findGo() !== undefined) return [];
  return [
    {
      program: 'Go',
      packages: ['golang-go'],
      otherwise: 'put a Go 1.19 or newer on the PATH',
      without: 'Plugins in Go are left out.',
    },
  ];
}
