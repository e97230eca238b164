/**
 * The scanner's program: a plugin of one tool, run like any other in a sandbox, with the uploaded bytes mounted beside it.
 * It has no network and no secrets; the most that hostile bytes could win is this process and its answer.
 */
import { PluginFullName, SemVer } from '@paddock/contracts';
import { z } from 'zod';
import { SCANNER } from '../report.js';
import { inspect } from './inspect.js';
import { serveTool } from './protocol.js';

/** Where the verifier mounts the upload; tests name another place. */
const BUNDLE = process.argv[2] ?? '/input/bundle.tgz';

await serveTool(
  {
    name: 'inspect',
    description: 'Reads the bundle, checks its manifest and scans its code.',
    input: z.strictObject({ plugin: PluginFullName, version: SemVer }),
    call: (expected) => inspect(BUNDLE, expected),
  },
  `${SCANNER.name}/${SCANNER.version}`,
  process.stdin,
  process.stdout,
);
