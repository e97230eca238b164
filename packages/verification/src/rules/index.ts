/** Every scan rule. A rule is added by its file and its line here; its examples are its tests. */

import { asksDns } from './asksDns.js';
import { bareAddress } from './bareAddress.js';
import { browserData } from './browserData.js';
import { buildsFunctions } from './buildsFunctions.js';
import { byteCode } from './byteCode.js';
import { calledOut } from './calledOut.js';
import { clipboardReport } from './clipboardReport.js';
import { clockOrPlace } from './clockOrPlace.js';
import { cloudVariable } from './cloudVariable.js';
import { collectorAddress } from './collectorAddress.js';
import { collectsTokens } from './collectsTokens.js';
import { credentialPaths } from './credentialPaths.js';
import { cryptoMining } from './cryptoMining.js';
import { decodedCode } from './decodedCode.js';
import { decodedCommand } from './decodedCommand.js';
import { decodesText } from './decodesText.js';
import type { Rule } from './defineRule.js';
import { deletesFiles } from './deletesFiles.js';
import { deletesItself } from './deletesItself.js';
import { disguisedAttribute } from './disguisedAttribute.js';
import { disguisedName } from './disguisedName.js';
import { dnsExfiltration } from './dnsExfiltration.js';
import { dropper } from './dropper.js';
import { dynamicCode } from './dynamicCode.js';
import { dynamicRequire } from './dynamicRequire.js';
import { encodedBlob } from './encodedBlob.js';
import { encodedCode } from './encodedCode.js';
import { encodedPayload } from './encodedPayload.js';
import { encodedText } from './encodedText.js';
import { encrypts } from './encrypts.js';
import { environmentDump } from './environmentDump.js';
import { environmentGiven } from './environmentGiven.js';
import { environmentTaken } from './environmentTaken.js';
import { escapeAttempt } from './escapeAttempt.js';
import { exfiltration } from './exfiltration.js';
import { exposedLoader } from './exposedLoader.js';
import { extortion } from './extortion.js';
import { fetchedProgram } from './fetchedProgram.js';
import { fixedDate } from './fixedDate.js';
import { forgeVariable } from './forgeVariable.js';
import { hiddenCode } from './hiddenCode.js';
import { hiddenInMedia } from './hiddenInMedia.js';
import { hiddenLoader } from './hiddenLoader.js';
import { hiddenProgram } from './hiddenProgram.js';
import { hidesProcess } from './hidesProcess.js';
import { homeDeletion } from './homeDeletion.js';
import { homeWipe } from './homeWipe.js';
import { homoglyphs } from './homoglyphs.js';
import { hostReport } from './hostReport.js';
import { hugeLine } from './hugeLine.js';
import { importsText } from './importsText.js';
import { installHooks } from './installHooks.js';
import { interception } from './interception.js';
import { invisibleCharacters } from './invisibleCharacters.js';
import { linksEnvironment } from './linksEnvironment.js';
import { linksFiles } from './linksFiles.js';
import { linksLoader } from './linksLoader.js';
import { linksNetwork } from './linksNetwork.js';
import { linksProcesses } from './linksProcesses.js';
import { loadsObjects } from './loadsObjects.js';
import { makesExecutable } from './makesExecutable.js';
import { mediaName } from './mediaName.js';
import { metadataAddress } from './metadataAddress.js';
import { metadataRequest } from './metadataRequest.js';
import { misleadingDescription } from './misleadingDescription.js';
import { misleadingText } from './misleadingText.js';
import { namesHome } from './namesHome.js';
import { namesHost } from './namesHost.js';
import { namesUser } from './namesUser.js';
import { nativeBinary } from './nativeBinary.js';
import { nativeEntry, unfitEntry } from './nativeEntry.js';
import { obfuscatedCode } from './obfuscatedCode.js';
import { ownAddress } from './ownAddress.js';
import { ownCipher } from './ownCipher.js';
import { ownEval } from './ownEval.js';
import { ownInterception } from './ownInterception.js';
import { ownProgram } from './ownProgram.js';
import { ownSabotage } from './ownSabotage.js';
import { ownSearch } from './ownSearch.js';
import { paymentSwap } from './paymentSwap.js';
import { persistence } from './persistence.js';
import { persistencePaths } from './persistencePaths.js';
import { readsClipboard } from './readsClipboard.js';
import { readsEnvironment } from './readsEnvironment.js';
import { readsFiles } from './readsFiles.js';
import { registryPublish } from './registryPublish.js';
import { registryVariable } from './registryVariable.js';
import { remoteCode } from './remoteCode.js';
import { remoteDependency } from './remoteDependency.js';
import { remoteShell } from './remoteShell.js';
import { replacesBuiltins } from './replacesBuiltins.js';
import { runsDecoded } from './runsDecoded.js';
import { runsGivenCommand } from './runsGivenCommand.js';
import { runsText } from './runsText.js';
import { sabotage } from './sabotage.js';
import { sentVariable } from './sentVariable.js';
import { setupProgram } from './setupProgram.js';
import { shellPayload } from './shellPayload.js';
import { spyware } from './spyware.js';
import { startsPrograms } from './startsPrograms.js';
import { startsShell } from './startsShell.js';
import { systemSecrets } from './systemSecrets.js';
import { takesOrders } from './takesOrders.js';
import { timedDeletion } from './timedDeletion.js';
import { unscannedCode } from './unscannedCode.js';
import { usesNetwork } from './usesNetwork.js';
import { walletAddress } from './walletAddress.js';
import { walletData } from './walletData.js';
import { workflowPaths } from './workflowPaths.js';
import { workflowWrite } from './workflowWrite.js';
import { worm } from './worm.js';
import { writesFiles } from './writesFiles.js';
import { writesRegistry } from './writesRegistry.js';
import { xorCipher } from './xorCipher.js';

export const RULES: readonly Rule[] = [
  environmentGiven,
  misleadingText,
  homoglyphs,
  hiddenLoader,
  disguisedAttribute,
  disguisedName,
  homeDeletion,
  namesHome,
  fetchedProgram,
  makesExecutable,
  dnsExfiltration,
  asksDns,
  sentVariable,
  ownSabotage,
  ownSearch,
  ownAddress,
  ownCipher,
  ownInterception,
  timedDeletion,
  ownEval,
  ownProgram,
  loadsObjects,
  writesRegistry,
  systemSecrets,
  decodedCode,
  hiddenInMedia,
  mediaName,
  collectsTokens,
  forgeVariable,
  registryVariable,
  cloudVariable,
  buildsFunctions,
  importsText,
  calledOut,
  runsGivenCommand,
  bareAddress,
  browserData,
  byteCode,
  clipboardReport,
  clockOrPlace,
  fixedDate,
  encodedText,
  xorCipher,
  collectorAddress,
  credentialPaths,
  cryptoMining,
  decodedCommand,
  decodesText,
  deletesFiles,
  deletesItself,
  dropper,
  dynamicCode,
  dynamicRequire,
  encodedBlob,
  encodedCode,
  encodedPayload,
  encrypts,
  environmentDump,
  environmentTaken,
  escapeAttempt,
  exfiltration,
  exposedLoader,
  extortion,
  hiddenCode,
  hiddenProgram,
  hidesProcess,
  homeWipe,
  hostReport,
  hugeLine,
  installHooks,
  interception,
  linksEnvironment,
  linksFiles,
  linksLoader,
  linksNetwork,
  linksProcesses,
  invisibleCharacters,
  metadataAddress,
  metadataRequest,
  misleadingDescription,
  namesHost,
  namesUser,
  nativeBinary,
  nativeEntry,
  unfitEntry,
  obfuscatedCode,
  paymentSwap,
  persistence,
  persistencePaths,
  readsClipboard,
  readsEnvironment,
  readsFiles,
  registryPublish,
  remoteCode,
  remoteDependency,
  remoteShell,
  replacesBuiltins,
  runsDecoded,
  runsText,
  sabotage,
  setupProgram,
  shellPayload,
  spyware,
  startsPrograms,
  startsShell,
  takesOrders,
  unscannedCode,
  usesNetwork,
  walletAddress,
  walletData,
  workflowPaths,
  workflowWrite,
  worm,
  writesFiles,
];
