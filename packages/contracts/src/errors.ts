/**
 * Every error that Paddock can answer with: one code, one HTTP status, one rule for retries, one public sentence.
 * Tests and clients go by the code. A code is never renamed.
 */

interface ErrorRule {
  readonly status: number;
  /** Whether the same request may succeed later without being changed. */
  readonly retry: boolean;
  /** The sentence shown to whoever asked. Details that are safe to show come beside it. */
  readonly title: string;
}

const rule = (status: number, title: string, retry = false): ErrorRule => ({ status, title, retry });

export const ERRORS = {
  // requests
  invalid_request: rule(422, 'The request does not have the form that this endpoint takes.'),
  malformed_body: rule(400, 'The body could not be read.'),
  upload_too_slow: rule(408, 'The upload took longer than allowed.', true),
  body_too_large: rule(413, 'The body is larger than this endpoint takes.'),
  unsupported_media_type: rule(415, 'The body is not of a type that this endpoint takes.'),
  not_authenticated: rule(401, 'An API key is needed, and the one sent (if any) is not valid.'),
  not_allowed: rule(403, 'This API key may not do that.'),
  not_found: rule(404, 'There is no such thing, or this API key may not see it.'),
  route_not_found: rule(404, 'There is no such endpoint.'),
  conflict: rule(409, 'The thing is not in a state that allows this.'),
  threshold_exceeds_keys: rule(409, 'The organization has fewer valid keys than that.'),
  name_taken: rule(409, 'That name is taken.'),
  idempotency_key_reused: rule(422, 'This idempotency key was used for another request.'),
  rate_limited: rule(429, 'The organization has done that too often for now.', true),
  internal: rule(500, 'Something went wrong on our side.', true),
  unavailable: rule(503, 'A part of the platform can’t be reached just now.', true),

  // bundles: their bytes
  bundle_too_large: rule(413, 'The bundle is larger than allowed.'),
  bundle_empty: rule(422, 'The bundle is empty.'),
  bundle_not_gzip: rule(422, 'The bundle is not a gzip file.'),
  bundle_truncated: rule(422, 'The bundle ends before it is complete.'),
  bundle_corrupt: rule(422, 'The bundle’s bytes don’t match its own checksums.'),
  bundle_trailing_data: rule(422, 'There are bytes after the bundle’s end.'),
  bundle_expands_too_far: rule(422, 'The bundle unpacks to more than allowed.'),
  bundle_too_many_files: rule(422, 'The bundle has more files than allowed.'),
  bundle_entry_type: rule(422, 'The bundle has an entry that is not a regular file.'),
  bundle_entry_path: rule(422, 'The bundle has an entry whose path is not allowed.'),
  bundle_entry_mode: rule(422, 'The bundle has an entry whose mode is not allowed.'),
  bundle_entry_duplicate: rule(422, 'The bundle has two entries that would be one file.'),
  bundle_entry_header: rule(422, 'The bundle has an entry whose header can’t be read.'),

  // bundles: signature
  signature_missing: rule(422, 'The bundle is not signed.'),
  signature_malformed: rule(422, 'The signature is not a DSSE envelope of the form we take.'),
  signature_algorithm: rule(422, 'The signature’s algorithm is not one that we take.'),
  signature_key_unknown: rule(422, 'The signing key is not one of the publisher’s.'),
  signature_key_expired: rule(422, 'The signing key was not valid at the time.'),
  signature_key_revoked: rule(422, 'The signing key is revoked.'),
  signature_identity_unknown: rule(422, 'The signing identity is not one that the publisher trusts.'),
  signature_threshold: rule(422, 'Fewer of the publisher’s keys signed than it requires.'),
  signature_invalid: rule(422, 'The signature does not match what it is said to sign.'),
  registry_keys_malformed: rule(422, 'The registry’s public keys are not in the form that it hands out.'),
  statement_malformed: rule(422, 'The signed statement is not of the form we take.'),
  statement_digest_mismatch: rule(422, 'The signed statement is about other bytes.'),
  statement_name_mismatch: rule(422, 'The signed statement is about another plugin or version.'),
  statement_files_mismatch: rule(422, 'The signed list of files is not what the bundle holds.'),
  provenance_malformed: rule(422, 'The provenance is not a signed SLSA provenance of the form we take.'),
  provenance_signature_invalid: rule(422, 'The provenance’s signature does not hold.'),
  provenance_digest_mismatch: rule(422, 'The provenance is about other bytes.'),

  // bundles: manifest
  manifest_missing: rule(422, 'The bundle has no plugin.json at its root.'),
  manifest_not_json: rule(422, 'plugin.json is not valid JSON.'),
  manifest_invalid: rule(422, 'plugin.json is not a manifest of the form we take.'),
  manifest_entry_missing: rule(422, 'The entry that plugin.json names is not in the bundle.'),
  manifest_schema_invalid: rule(422, 'A tool’s JSON Schema is not one that we take.'),
  tools_mismatch: rule(422, 'What the running plugin lists is not what its manifest declares.'),
  plugin_does_not_start: rule(422, 'The plugin did not start in its sandbox.'),

  // versions and installs
  version_exists: rule(409, 'That version exists with other bytes; a version never changes.'),
  version_not_publishable: rule(409, 'The version is not in a state that can be published.'),
  own_version: rule(403, 'An admin can’t approve a version of their own organization.'),
  approval_digest_mismatch: rule(409, 'The approval is for other bytes than the version’s.'),
  file_not_text: rule(422, 'The file is not text.'),
  file_too_large: rule(413, 'The file is larger than what is shown.'),
  version_not_published: rule(409, 'The version is not published.'),
  grant_not_declared: rule(422, 'The grant is for something that the manifest does not declare.'),
  version_asks_more: rule(409, 'The version asks for something that the installed one does not ask for.'),
  secret_not_granted: rule(422, 'The install grants no secret of that name.'),
  tool_unknown: rule(404, 'The plugin has no tool of that name.'),
  input_invalid: rule(422, 'The input does not fit the tool’s schema.'),
  run_already_settled: rule(409, 'The run has ended.'),

  // runs: what stands on a run that did not succeed
  output_invalid: rule(422, 'The result does not fit the tool’s schema.'),
  result_too_large: rule(422, 'The result is larger than allowed.'),
  tool_error: rule(422, 'The tool answered with an error.'),
  deadline_exceeded: rule(422, 'The run took longer than its deadline.'),
  memory_exceeded: rule(422, 'The run used more memory than its limit.'),
  cpu_time_exceeded: rule(422, 'The run used more CPU time than its limit.'),
  processes_exceeded: rule(422, 'The run kept starting processes beyond its limit.'),
  output_exceeded: rule(422, 'The run wrote more output than its limit.'),
  protocol_violation: rule(422, 'The plugin wrote something that is not the protocol.'),
  process_exited: rule(422, 'The plugin’s process ended before it answered.'),
  cancelled_by_caller: rule(422, 'The run was cancelled.'),
  capability_not_granted: rule(403, 'The plugin asked for something that is not granted.'),

  // host services: what a plugin's own request is refused with
  host_service_unknown: rule(422, 'There is no host service of that name.'),
  host_params_invalid: rule(422, 'The request’s params do not have the form that this host service takes.'),
  host_limit_exceeded: rule(429, 'The run has asked more of the host than one run may.'),
  host_handle_unknown: rule(404, 'The run has no such stream or blob open.'),
  http_url_invalid: rule(422, 'The URL is not one that can be fetched.'),
  http_header_forbidden: rule(422, 'The request sets a header that is the host’s to set.'),
  http_address_forbidden: rule(403, 'The name leads to an address that plugins may not reach.'),
  http_name_unresolved: rule(502, 'The name could not be resolved.', true),
  http_redirect_refused: rule(502, 'The answer redirects once too often, or to where nothing may be fetched.'),
  http_failed: rule(502, 'The other side did not answer as HTTP wants it.', true),
  http_timed_out: rule(504, 'The other side took too long.', true),
  http_body_too_large: rule(413, 'The answer’s body is larger than allowed; a large one can be streamed.'),
  kv_conflict: rule(409, 'The key is not at that version.'),
  kv_quota_exceeded: rule(413, 'The install’s key-value store is full.'),
  secret_not_set: rule(404, 'The secret has no value.'),
  blob_unknown: rule(404, 'The run was not given a blob of that name.'),
  blob_too_large: rule(413, 'The blob is larger than allowed.'),
  blob_quota_exceeded: rule(413, 'The organization keeps as many bytes of blobs as it may.'),
  blob_name_taken: rule(409, 'The run has written a blob of that name.'),

  // runs: what the platform refuses
  countersignature_invalid: rule(422, 'The registry’s countersignature does not hold for this version.'),
  artifact_corrupt: rule(422, 'The stored bytes are not those that were verified.'),
  artifact_missing: rule(503, 'The stored bytes can’t be found.', true),
  isolation_insufficient: rule(503, 'This host can’t apply every control that a sandbox needs.'),
  no_eligible_executor: rule(503, 'No executor can run this.', true),
  sandbox_unavailable: rule(503, 'A sandbox can’t be made just now.', true),
  attempts_exhausted: rule(503, 'The platform tried several times and could not carry the run out.', true),
} as const satisfies Record<string, ErrorRule>;

export type ErrorCode = keyof typeof ERRORS;

/**
 * An error with a code. `detail` is shown to whoever asked, so it names no path of the host and no secret;
 * `cause` is for the log alone.
 */
export class PaddockError extends Error {
  override readonly name = 'PaddockError';
  constructor(
    readonly code: ErrorCode,
    readonly detail?: string,
    options?: { cause?: unknown; issues?: readonly ErrorIssue[] },
  ) {
    super(detail === undefined ? ERRORS[code].title : `${ERRORS[code].title} ${detail}`, { cause: options?.cause });
    this.issues = options?.issues ?? [];
  }
  /** Where in the input each fault lies, when the input has parts. */
  readonly issues: readonly ErrorIssue[];

  get status(): number {
    return ERRORS[this.code].status;
  }
  get retry(): boolean {
    return ERRORS[this.code].retry;
  }
}

export interface ErrorIssue {
  /** A JSON pointer or dotted path to the faulty part. */
  readonly path: string;
  readonly message: string;
}
