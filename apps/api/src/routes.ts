/** The endpoints, all of them: what is not here is not served. A test holds the list to the files under routes/. */
import type { Endpoint } from './endpoint.js';
import importAdvisories from './routes/advisories/importAdvisories.js';
import createApiKey from './routes/api-keys/createApiKey.js';
import listApiKeys from './routes/api-keys/listApiKeys.js';
import revokeApiKey from './routes/api-keys/revokeApiKey.js';
import getAuditCheckpoint from './routes/audit/getAuditCheckpoint.js';
import listAuditEvents from './routes/audit/listAuditEvents.js';
import downloadBlob from './routes/blobs/downloadBlob.js';
import getBlob from './routes/blobs/getBlob.js';
import listBlobs from './routes/blobs/listBlobs.js';
import removeBlob from './routes/blobs/removeBlob.js';
import uploadBlob from './routes/blobs/uploadBlob.js';
import listExecutors from './routes/executors/listExecutors.js';
import changeInstall from './routes/installs/changeInstall.js';
import createInstall from './routes/installs/createInstall.js';
import getInstall from './routes/installs/getInstall.js';
import listInstallAbilities from './routes/installs/listInstallAbilities.js';
import listInstalls from './routes/installs/listInstalls.js';
import removeInstall from './routes/installs/removeInstall.js';
import listNotices from './routes/notices/listNotices.js';
import readNotices from './routes/notices/readNotices.js';
import changeOrganization from './routes/organizations/changeOrganization.js';
import createOrganization from './routes/organizations/createOrganization.js';
import getMe from './routes/organizations/getMe.js';
import getPlugin from './routes/plugins/getPlugin.js';
import listPlugins from './routes/plugins/listPlugins.js';
import listReports from './routes/reports/listReports.js';
import resolveReport from './routes/reports/resolveReport.js';
import cancelRun from './routes/runs/cancelRun.js';
import getRun from './routes/runs/getRun.js';
import invokeTool from './routes/runs/invokeTool.js';
import listRuns from './routes/runs/listRuns.js';
import listSecrets from './routes/secrets/listSecrets.js';
import removeSecret from './routes/secrets/removeSecret.js';
import setSecret from './routes/secrets/setSecret.js';
import createSigningKey from './routes/signing-keys/createSigningKey.js';
import listSigningKeys from './routes/signing-keys/listSigningKeys.js';
import revokeSigningKey from './routes/signing-keys/revokeSigningKey.js';
import createTrustedPublisher from './routes/trusted-publishers/createTrustedPublisher.js';
import listTrustedPublishers from './routes/trusted-publishers/listTrustedPublishers.js';
import revokeTrustedPublisher from './routes/trusted-publishers/revokeTrustedPublisher.js';
import getUsage from './routes/usage/getUsage.js';
import deprecateVersion from './routes/versions/deprecateVersion.js';
import downloadBundle from './routes/versions/downloadBundle.js';
import downloadCountersignature from './routes/versions/downloadCountersignature.js';
import downloadEvidence from './routes/versions/downloadEvidence.js';
import downloadSignature from './routes/versions/downloadSignature.js';
import getVersion from './routes/versions/getVersion.js';
import getVersionDifference from './routes/versions/getVersionDifference.js';
import listVersionAbilities from './routes/versions/listVersionAbilities.js';
import listVersionExposure from './routes/versions/listVersionExposure.js';
import listVersionFiles from './routes/versions/listVersionFiles.js';
import listVersionMessages from './routes/versions/listVersionMessages.js';
import listVersions from './routes/versions/listVersions.js';
import postVersionMessage from './routes/versions/postVersionMessage.js';
import publishVersion from './routes/versions/publishVersion.js';
import readVersionFile from './routes/versions/readVersionFile.js';
import rejectVersion from './routes/versions/rejectVersion.js';
import reportVersion from './routes/versions/reportVersion.js';
import requestVerification from './routes/versions/requestVerification.js';
import revokeVersion from './routes/versions/revokeVersion.js';
import undeprecateVersion from './routes/versions/undeprecateVersion.js';
import unyankVersion from './routes/versions/unyankVersion.js';
import uploadVersion from './routes/versions/uploadVersion.js';
import yankVersion from './routes/versions/yankVersion.js';

export const ENDPOINTS: readonly Endpoint[] = [
  importAdvisories,
  createApiKey,
  listApiKeys,
  revokeApiKey,
  getAuditCheckpoint,
  listAuditEvents,
  downloadBlob,
  getBlob,
  listBlobs,
  removeBlob,
  uploadBlob,
  listExecutors,
  changeInstall,
  createInstall,
  getInstall,
  listInstallAbilities,
  listInstalls,
  removeInstall,
  listNotices,
  readNotices,
  changeOrganization,
  createOrganization,
  getMe,
  getPlugin,
  listPlugins,
  listReports,
  resolveReport,
  cancelRun,
  getRun,
  invokeTool,
  listRuns,
  listSecrets,
  removeSecret,
  setSecret,
  createSigningKey,
  listSigningKeys,
  revokeSigningKey,
  createTrustedPublisher,
  listTrustedPublishers,
  revokeTrustedPublisher,
  getUsage,
  deprecateVersion,
  downloadBundle,
  downloadCountersignature,
  downloadEvidence,
  downloadSignature,
  getVersion,
  getVersionDifference,
  listVersionAbilities,
  listVersionExposure,
  listVersionFiles,
  listVersionMessages,
  listVersions,
  postVersionMessage,
  publishVersion,
  readVersionFile,
  rejectVersion,
  reportVersion,
  requestVerification,
  revokeVersion,
  undeprecateVersion,
  unyankVersion,
  uploadVersion,
  yankVersion,
];
