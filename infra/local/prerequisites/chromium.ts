/** A browser for the console's tests: one that is installed, or Debian's. It only finds it; the tests start it. */
import { findProgram } from '../processes.js';
import type { Wanted } from './packages.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** Where a Chromium stands, `PADDOCK_TEST_CHROMIUM` first. */
export function findChromium(): string | undefined {
  return process.env['PADDOCK_TEST_CHROMIUM'] || findProgram(...NAMES);
}

/** What is missing to have a browser, if anything is. */
export function chromiumWanted(): Wanted[] {
  if (findChromium() !== undefined) return [];
  return [
    {
      program: 'Chromium',
      packages: ['chromium'],
      otherwise: 'set PADDOCK_TEST_CHROMIUM to the path of a Chromium or Chrome',
    },
  ];
}
