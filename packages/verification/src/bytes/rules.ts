/** The byte rules, and what names them as a whole: a verdict rests on just these. */
import { createHash } from 'node:crypto';
import type { ByteRule } from './byteRule.js';
import { behindMedia } from './rules/behindMedia.js';
import { codeInMedia } from './rules/codeInMedia.js';
import { embeddedProgram } from './rules/embeddedProgram.js';
import { fetchedScript } from './rules/fetchedScript.js';
import { miningPool } from './rules/miningPool.js';
import { packedProgram } from './rules/packedProgram.js';
import { pickledCode } from './rules/pickledCode.js';
import { programStays } from './rules/programStays.js';
import { programTargets } from './rules/programTargets.js';
import { remoteControl } from './rules/remoteControl.js';
import { remoteShellCommand } from './rules/remoteShellCommand.js';
import { webShell } from './rules/webShell.js';

export const BYTE_RULES: readonly ByteRule[] = [
  behindMedia,
  codeInMedia,
  embeddedProgram,
  fetchedScript,
  miningPool,
  packedProgram,
  pickledCode,
  programStays,
  programTargets,
  remoteControl,
  remoteShellCommand,
  webShell,
];

/** Of the installed package; a test holds it to that. */
export const YARA_VERSION = '1.20.0';

/** Changes with each rule and with the engine: twelve hexadecimal digits. */
export const BYTE_RULES_DIGEST = createHash('sha256')
  .update(JSON.stringify([YARA_VERSION, BYTE_RULES.map((rule) => ({ ...rule, examples: [] }))]))
  .digest('hex')
  .slice(0, 12);
