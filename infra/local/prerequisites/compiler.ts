/** A C compiler for the sandboxes' first process, with the C library to link it statically. */
import { existsSync } from 'node:fs';
import { findProgram } from '../processes.js';
import type { Wanted } from './packages.js';

/** What is missing to compile it, if anything is. */
export function compilerWanted(): Wanted[] {
  const library = ['/usr/lib/x86_64-linux-gnu/libc.a', '/usr/lib/libc.a', '/usr/lib64/libc.a'];
  if (findProgram('gcc') !== undefined && library.some((file) => existsSync(file))) return [];
  return [
    {
      program: 'gcc with the static C library',
      packages: ['gcc', 'libc6-dev'],
      otherwise: 'install both as your system does it (glibc-static on Fedora)',
    },
  ];
}
