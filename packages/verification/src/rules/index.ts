/** Every scan rule. A rule is added by its file and its line here; its examples are its tests. */
import { collectorAddress } from './collectorAddress.js';
import { credentialPaths } from './credentialPaths.js';
import type { Rule } from './defineRule.js';
import { dynamicCode } from './dynamicCode.js';
import { dynamicRequire } from './dynamicRequire.js';
import { encodedBlob } from './encodedBlob.js';
import { encodedCode } from './encodedCode.js';
import { environmentDump } from './environmentDump.js';
import { hiddenCode } from './hiddenCode.js';
import { hugeLine } from './hugeLine.js';
import { installHooks } from './installHooks.js';
import { invisibleCharacters } from './invisibleCharacters.js';
import { metadataAddress } from './metadataAddress.js';
import { nativeBinary } from './nativeBinary.js';
import { processSpawn } from './processSpawn.js';
import { undeclaredNetwork } from './undeclaredNetwork.js';
import { unscannedCode } from './unscannedCode.js';

export const RULES: readonly Rule[] = [
  hiddenCode,
  invisibleCharacters,
  encodedCode,
  dynamicCode,
  dynamicRequire,
  unscannedCode,
  processSpawn,
  undeclaredNetwork,
  environmentDump,
  credentialPaths,
  metadataAddress,
  collectorAddress,
  installHooks,
  nativeBinary,
  encodedBlob,
  hugeLine,
];
