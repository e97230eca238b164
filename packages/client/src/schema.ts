/** Generated from openapi.json by generate.mjs: change the API's endpoints, then run `npm run generate`. */

export interface paths {
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The API keys of your organization, without their secrets */
        get: operations["listApiKeys"];
        put?: never;
        /** Make an API key of your organization; its secret is shown this once */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key, at once and for good */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest signed head of the audit tree */
        get: operations["getAuditCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit trail: your organization’s, or for platform admins everybody’s */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The executors, with what their isolation probes found */
        get: operations["listExecutors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your organization’s installs, newest first */
        get: operations["listInstalls"];
        put?: never;
        /** Install a plugin and grant it a part of what it declares */
        post: operations["createInstall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An install: what it declares, what is granted, its tools */
        get: operations["getInstall"];
        put?: never;
        post?: never;
        /** Remove an install; its runs and its audit trail stay */
        delete: operations["removeInstall"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an organization with its first owner’s API key */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose key this is */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plugins/{publisher}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A plugin’s published versions and the newest one’s manifest */
        get: operations["getPlugin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plugins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue: every plugin with a published version */
        get: operations["listPlugins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description A queued run ends at once; a running one within its grace. Asking again changes nothing.
         */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run: its state, result, usage and logs */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs/{id}/tools/{tool}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a tool
         * @description Answers 202 with the run’s Location; or, asked with `Prefer: wait=N`, 200 with the settled run if it ends within N seconds.
         */
        post: operations["invokeTool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your organization’s runs, newest first */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signing keys of your organization */
        get: operations["listSigningKeys"];
        put?: never;
        /** Register the public half of an Ed25519 key that will sign your versions */
        post: operations["createSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a signing key: it signs no further version */
        delete: operations["revokeSigningKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What your organization’s runs consumed, by install; the last 30 days unless asked otherwise */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A version: its state, verdict and findings
         * @description Its publisher and platform admins see it in every state; everybody else once it is published.
         */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your organization’s versions; for a platform organization, every publisher’s. Newest first */
        get: operations["listVersions"];
        put?: never;
        /**
         * Upload a signed version; its verification follows
         * @description The same bytes under the same version again answer 200 with the version as it stands.
         */
        post: operations["uploadVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish an accepted version, or, as an admin of another organization, approve one in review */
        post: operations["publishVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a version that is in review or accepted */
        post: operations["rejectVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApiKeyWithSecret: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "auditor";
            /** @description The first characters of the key, by which a person can tell it */
            prefix: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            revokedAt: string | null;
            secret: string;
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "auditor";
            /** @description The first characters of the key, by which a person can tell it */
            prefix: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            revokedAt: string | null;
        };
        AuditCheckpoint: {
            size: number;
            rootHash: string;
            /** @description The C2SP signed note over origin, size and root */
            note: string;
            /** @description The note’s key in C2SP form */
            verifierKey: string;
            /** Format: date-time */
            at: string;
        };
        AuditEvent: {
            id: string;
            /** @description Its place in the tree, from 0; null until it is sequenced */
            seq: number | null;
            /** Format: date-time */
            at: string;
            organizationId: string | null;
            actor: {
                /** @enum {string} */
                type: "api_key" | "process";
                id: string;
            };
            /** @enum {string} */
            event: "organization.created" | "api_key.created" | "api_key.revoked" | "signing_key.created" | "signing_key.revoked" | "version.uploaded" | "version.upload_refused" | "version.verified" | "version.approved" | "version.rejected" | "version.published" | "install.created" | "install.removed" | "run.created" | "run.cancel_requested" | "run.settled" | "run.requeued" | "host_service.refused" | "executor.registered";
            subject: {
                /** @enum {string} */
                type: "organization" | "api_key" | "signing_key" | "version" | "install" | "run" | "executor";
                id: string;
            };
            data: {
                [key: string]: unknown;
            };
            leafHash: string | null;
        };
        Executor: {
            /** Format: uuid */
            id: string;
            hostname: string;
            isolationLevel: string;
            runtimes: string[];
            capacity: number;
            controls: {
                name: string;
                held: boolean;
                detail: string;
            }[];
            /** Format: date-time */
            lastSeenAt: string;
        };
        Install: {
            /** Format: uuid */
            id: string;
            plugin: string;
            /** Format: uuid */
            versionId: string;
            version: string;
            grants: {
                /** @description Hosts that the plugin may fetch from through the host */
                http?: string[];
                /** @description A key-value store of the install’s own */
                kv?: boolean;
                /** @description Secrets of the install that the plugin may read */
                secrets?: string[];
            };
            /** @description What the manifest asks for; grants are a part of it */
            declared: {
                /** @description Hosts that the plugin may fetch from through the host */
                http?: string[];
                /** @description A key-value store of the install’s own */
                kv?: boolean;
                /** @description Secrets of the install that the plugin may read */
                secrets?: string[];
            };
            limits: {
                /** @description Memory of all processes together, without swap */
                memoryBytes?: number;
                /** @description CPU quota in thousandths of a core */
                cpuMillis?: number;
                /** @description Wall-clock deadline of one run, on a monotonic clock */
                timeoutMs?: number;
                /** @description Processes and threads */
                pids?: number;
                /** @description Size of /tmp, which counts as memory */
                tmpBytes?: number;
                /** @description Open files of one process */
                openFiles?: number;
                /** @description One protocol message, either way */
                messageBytes?: number;
                /** @description All that one run writes to stdout and stderr */
                outputBytes?: number;
                /** @description The result of one run, as JSON */
                resultBytes?: number;
            };
            /** @enum {string} */
            isolation: "install" | "run";
            tools: {
                name: string;
                description: string;
                inputSchema: {
                    [key: string]: unknown;
                };
                outputSchema?: {
                    [key: string]: unknown;
                };
            }[];
            /** Format: date-time */
            createdAt: string;
        };
        CreatedOrganization: {
            organization: components["schemas"]["Organization"];
            apiKey: components["schemas"]["ApiKeyWithSecret"];
        };
        Organization: {
            /** Format: uuid */
            id: string;
            slug: string;
            displayName: string;
            /** @description Whether its owners and admins are platform admins */
            platform: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        Me: {
            organization: components["schemas"]["Organization"];
            apiKey: components["schemas"]["ApiKey"];
            platformAdmin: boolean;
        };
        PluginDetails: {
            plugin: string;
            /** @description plugin.json */
            manifest: {
                name: string;
                version: string;
                description: string;
                license?: string;
                /** Format: uri */
                homepage?: string;
                /** @enum {string} */
                runtime: "node";
                entry: string;
                tools: {
                    name: string;
                    description: string;
                    inputSchema: {
                        [key: string]: unknown;
                    };
                    outputSchema?: {
                        [key: string]: unknown;
                    };
                }[];
                /** @default {} */
                capabilities: {
                    /** @description Hosts that the plugin may fetch from through the host */
                    http?: string[];
                    /** @description A key-value store of the install’s own */
                    kv?: boolean;
                    /** @description Secrets of the install that the plugin may read */
                    secrets?: string[];
                };
                /** @default {} */
                limits: {
                    /** @description Memory of all processes together, without swap */
                    memoryBytes?: number;
                    /** @description CPU quota in thousandths of a core */
                    cpuMillis?: number;
                    /** @description Wall-clock deadline of one run, on a monotonic clock */
                    timeoutMs?: number;
                    /** @description Processes and threads */
                    pids?: number;
                    /** @description Size of /tmp, which counts as memory */
                    tmpBytes?: number;
                    /** @description Open files of one process */
                    openFiles?: number;
                    /** @description One protocol message, either way */
                    messageBytes?: number;
                    /** @description All that one run writes to stdout and stderr */
                    outputBytes?: number;
                    /** @description The result of one run, as JSON */
                    resultBytes?: number;
                };
                /**
                 * @default L1
                 * @enum {string}
                 */
                minIsolation: "L1" | "L2" | "L3";
            };
            versions: {
                /** Format: uuid */
                id: string;
                version: string;
                /** Format: date-time */
                publishedAt: string;
            }[];
        };
        CatalogueEntry: {
            plugin: string;
            description: string;
            latest: {
                /** Format: uuid */
                id: string;
                version: string;
                /** Format: date-time */
                publishedAt: string;
            };
            runtime: string;
            tools: {
                name: string;
                description: string;
            }[];
            capabilities: {
                /** @description Hosts that the plugin may fetch from through the host */
                http?: string[];
                /** @description A key-value store of the install’s own */
                kv?: boolean;
                /** @description Secrets of the install that the plugin may read */
                secrets?: string[];
            };
        };
        Run: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            installId: string;
            plugin: string;
            version: string;
            tool: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "timed_out" | "cancelled" | "out_of_memory" | "cpu_exhausted" | "output_limit" | "protocol_error" | "crashed" | "revoked" | "refused";
            input: unknown;
            /** @description The tool’s result; null unless the run succeeded */
            output: unknown;
            error: {
                /** @enum {string} */
                code: "invalid_request" | "malformed_body" | "body_too_large" | "unsupported_media_type" | "not_authenticated" | "not_allowed" | "not_found" | "route_not_found" | "conflict" | "name_taken" | "idempotency_key_reused" | "internal" | "unavailable" | "bundle_too_large" | "bundle_empty" | "bundle_not_gzip" | "bundle_truncated" | "bundle_corrupt" | "bundle_trailing_data" | "bundle_expands_too_far" | "bundle_too_many_files" | "bundle_entry_type" | "bundle_entry_path" | "bundle_entry_mode" | "bundle_entry_duplicate" | "bundle_entry_header" | "signature_missing" | "signature_malformed" | "signature_algorithm" | "signature_key_unknown" | "signature_key_expired" | "signature_key_revoked" | "signature_invalid" | "statement_malformed" | "statement_digest_mismatch" | "statement_name_mismatch" | "statement_files_mismatch" | "manifest_missing" | "manifest_not_json" | "manifest_invalid" | "manifest_entry_missing" | "manifest_schema_invalid" | "tools_mismatch" | "plugin_does_not_start" | "version_exists" | "version_not_publishable" | "own_version" | "version_not_published" | "grant_not_declared" | "tool_unknown" | "input_invalid" | "run_already_settled" | "output_invalid" | "result_too_large" | "tool_error" | "deadline_exceeded" | "memory_exceeded" | "output_exceeded" | "protocol_violation" | "process_exited" | "cancelled_by_caller" | "capability_not_granted" | "host_service_unknown" | "countersignature_invalid" | "artifact_corrupt" | "artifact_missing" | "isolation_insufficient" | "no_eligible_executor" | "sandbox_unavailable" | "attempts_exhausted";
                message: string;
            } | null;
            attempt: number;
            /** @description What was applied; known once an executor has claimed the run */
            limits: {
                /** @description Memory of all processes together, without swap */
                memoryBytes: number;
                /** @description CPU quota in thousandths of a core */
                cpuMillis: number;
                /** @description Wall-clock deadline of one run, on a monotonic clock */
                timeoutMs: number;
                /** @description Processes and threads */
                pids: number;
                /** @description Size of /tmp, which counts as memory */
                tmpBytes: number;
                /** @description Open files of one process */
                openFiles: number;
                /** @description One protocol message, either way */
                messageBytes: number;
                /** @description All that one run writes to stdout and stderr */
                outputBytes: number;
                /** @description The result of one run, as JSON */
                resultBytes: number;
            } | null;
            isolationLevel: string | null;
            usage: components["schemas"]["UsageFigures"] | null;
            logs: {
                /** @enum {string} */
                level: "debug" | "info" | "warning" | "error" | "stderr";
                message: string;
                /** Format: date-time */
                at: string;
            }[];
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            settledAt: string | null;
        };
        UsageFigures: {
            /** @description CPU time, in microseconds */
            cpuUs: number;
            peakMemoryBytes: number;
            /** @description Milliseconds on a monotonic clock */
            wallMs: number;
            outputBytes: number;
        };
        SigningKey: {
            keyId: string;
            name: string;
            /** @description SubjectPublicKeyInfo of an Ed25519 key, DER in base64 */
            publicKey: string;
            /** Format: date-time */
            validFrom: string;
            validUntil: string | null;
            revokedAt: string | null;
        };
        InstallUsage: {
            /** Format: uuid */
            installId: string;
            plugin: string;
            runs: number;
            cpuUs: number;
            wallMs: number;
            outputBytes: number;
            maxPeakMemoryBytes: number;
        };
        Version: {
            /** Format: uuid */
            id: string;
            plugin: string;
            version: string;
            /** @enum {string} */
            state: "verifying" | "accepted" | "review" | "rejected" | "published" | "yanked" | "revoked";
            sha256: string;
            /** @description Bytes of the bundle */
            size: number;
            /** @description The publisher’s key that signed it */
            keyId: string;
            verdict: ("accepted" | "review" | "rejected") | null;
            findings: {
                rule: string;
                /** @enum {string} */
                severity: "info" | "low" | "medium" | "high" | "critical";
                message: string;
                file: string | null;
                line: number | null;
                excerpt: string | null;
            }[];
            /** @description Known once the verifier has read it */
            manifest: {
                name: string;
                version: string;
                description: string;
                license?: string;
                /** Format: uri */
                homepage?: string;
                /** @enum {string} */
                runtime: "node";
                entry: string;
                tools: {
                    name: string;
                    description: string;
                    inputSchema: {
                        [key: string]: unknown;
                    };
                    outputSchema?: {
                        [key: string]: unknown;
                    };
                }[];
                /** @default {} */
                capabilities: {
                    /** @description Hosts that the plugin may fetch from through the host */
                    http?: string[];
                    /** @description A key-value store of the install’s own */
                    kv?: boolean;
                    /** @description Secrets of the install that the plugin may read */
                    secrets?: string[];
                };
                /** @default {} */
                limits: {
                    /** @description Memory of all processes together, without swap */
                    memoryBytes?: number;
                    /** @description CPU quota in thousandths of a core */
                    cpuMillis?: number;
                    /** @description Wall-clock deadline of one run, on a monotonic clock */
                    timeoutMs?: number;
                    /** @description Processes and threads */
                    pids?: number;
                    /** @description Size of /tmp, which counts as memory */
                    tmpBytes?: number;
                    /** @description Open files of one process */
                    openFiles?: number;
                    /** @description One protocol message, either way */
                    messageBytes?: number;
                    /** @description All that one run writes to stdout and stderr */
                    outputBytes?: number;
                    /** @description The result of one run, as JSON */
                    resultBytes?: number;
                };
                /**
                 * @default L1
                 * @enum {string}
                 */
                minIsolation: "L1" | "L2" | "L3";
            } | null;
            /** Format: date-time */
            createdAt: string;
            verifiedAt: string | null;
            publishedAt: string | null;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "invalid_request" | "malformed_body" | "body_too_large" | "unsupported_media_type" | "not_authenticated" | "not_allowed" | "not_found" | "route_not_found" | "conflict" | "name_taken" | "idempotency_key_reused" | "internal" | "unavailable" | "bundle_too_large" | "bundle_empty" | "bundle_not_gzip" | "bundle_truncated" | "bundle_corrupt" | "bundle_trailing_data" | "bundle_expands_too_far" | "bundle_too_many_files" | "bundle_entry_type" | "bundle_entry_path" | "bundle_entry_mode" | "bundle_entry_duplicate" | "bundle_entry_header" | "signature_missing" | "signature_malformed" | "signature_algorithm" | "signature_key_unknown" | "signature_key_expired" | "signature_key_revoked" | "signature_invalid" | "statement_malformed" | "statement_digest_mismatch" | "statement_name_mismatch" | "statement_files_mismatch" | "manifest_missing" | "manifest_not_json" | "manifest_invalid" | "manifest_entry_missing" | "manifest_schema_invalid" | "tools_mismatch" | "plugin_does_not_start" | "version_exists" | "version_not_publishable" | "own_version" | "version_not_published" | "grant_not_declared" | "tool_unknown" | "input_invalid" | "run_already_settled" | "output_invalid" | "result_too_large" | "tool_error" | "deadline_exceeded" | "memory_exceeded" | "output_exceeded" | "protocol_violation" | "process_exited" | "cancelled_by_caller" | "capability_not_granted" | "host_service_unknown" | "countersignature_invalid" | "artifact_corrupt" | "artifact_missing" | "isolation_insufficient" | "no_eligible_executor" | "sandbox_unavailable" | "attempts_exhausted";
            detail?: string;
            issues?: {
                path: string;
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    role: "owner" | "admin" | "member" | "auditor";
                    /** Format: date-time */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheckpoint"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                event?: "organization.created" | "api_key.created" | "api_key.revoked" | "signing_key.created" | "signing_key.revoked" | "version.uploaded" | "version.upload_refused" | "version.verified" | "version.approved" | "version.rejected" | "version.published" | "install.created" | "install.removed" | "run.created" | "run.cancel_requested" | "run.settled" | "run.requeued" | "host_service.refused" | "executor.registered";
                organizationId?: string;
                subjectId?: string;
                actorId?: string;
                from?: string;
                to?: string;
                order?: "newest" | "sequence";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExecutors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Executor"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInstalls: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Install"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createInstall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    plugin: string;
                    /** @description The newest published version if left out */
                    version?: string;
                    /** @default {} */
                    grants?: {
                        /** @description Hosts that the plugin may fetch from through the host */
                        http?: string[];
                        /** @description A key-value store of the install’s own */
                        kv?: boolean;
                        /** @description Secrets of the install that the plugin may read */
                        secrets?: string[];
                    };
                    /** @default {} */
                    limits?: {
                        /** @description Memory of all processes together, without swap */
                        memoryBytes?: number;
                        /** @description CPU quota in thousandths of a core */
                        cpuMillis?: number;
                        /** @description Wall-clock deadline of one run, on a monotonic clock */
                        timeoutMs?: number;
                        /** @description Processes and threads */
                        pids?: number;
                        /** @description Size of /tmp, which counts as memory */
                        tmpBytes?: number;
                        /** @description Open files of one process */
                        openFiles?: number;
                        /** @description One protocol message, either way */
                        messageBytes?: number;
                        /** @description All that one run writes to stdout and stderr */
                        outputBytes?: number;
                        /** @description The result of one run, as JSON */
                        resultBytes?: number;
                    };
                    /**
                     * @default install
                     * @enum {string}
                     */
                    isolation?: "install" | "run";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Install"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request does not have the form that this endpoint takes.
             *
             *     `grant_not_declared`: The grant is for something that the manifest does not declare.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Install"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeInstall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    slug: string;
                    displayName: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedOrganization"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name_taken`: That name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlugin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                publisher: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginDetails"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlugins: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CatalogueEntry"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `run_already_settled`: The run has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invokeTool: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N`: wait up to N seconds for the run’s end (RFC 7240) */
                Prefer?: string;
                /** @description Up to 255 printable characters; the same key with the same request is the same run */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                tool: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default {} */
                    input?: {
                        [key: string]: unknown;
                    };
                    /** @description Tightens the install’s deadline for this run */
                    timeoutMs?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `malformed_body`: The body could not be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `not_found`: There is no such thing, or this API key may not see it.
             *
             *     `tool_unknown`: The plugin has no tool of that name.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version_not_published`: The version is not published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is larger than this endpoint takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body is not of a type that this endpoint takes. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request does not have the form that this endpoint takes.
             *
             *     `input_invalid`: The input does not fit the tool’s schema.
             *
             *     `idempotency_key_reused`: This idempotency key was used for another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                installId?: string;
                state?: "queued" | "running" | "succeeded" | "failed" | "timed_out" | "cancelled" | "out_of_memory" | "cpu_exhausted" | "output_limit" | "protocol_error" | "crashed" | "revoked" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Run"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SigningKey"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    publicKey: string;
                    /** Format: date-time */
                    validUntil?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name_taken`: That name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: The request does not have the form that this endpoint takes.
             *
             *     `signature_algorithm`: The signature’s algorithm is not one that we take.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        items: components["schemas"]["InstallUsage"][];
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVersions: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                state?: "verifying" | "accepted" | "review" | "rejected" | "published" | "yanked" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Version"][];
                        next: string | null;
                    };
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description The DSSE envelope; it comes first
                     */
                    signature: string;
                    /**
                     * Format: binary
                     * @description The .tgz whose sha256 the envelope states
                     */
                    bundle: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description `malformed_body`: The body could not be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_allowed`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version_exists`: That version exists with other bytes; a version never changes. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `bundle_too_large`: The bundle is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body is not of a type that this endpoint takes. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `signature_missing`: The bundle is not signed.
             *
             *     `signature_malformed`: The signature is not a DSSE envelope of the form we take.
             *
             *     `signature_key_unknown`: The signing key is not one of the publisher’s.
             *
             *     `signature_key_expired`: The signing key was not valid at the time.
             *
             *     `signature_key_revoked`: The signing key is revoked.
             *
             *     `signature_invalid`: The signature does not match what it is said to sign.
             *
             *     `statement_malformed`: The signed statement is not of the form we take.
             *
             *     `statement_digest_mismatch`: The signed statement is about other bytes.
             *
             *     `bundle_empty`: The bundle is empty.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `not_allowed`: This API key may not do that.
             *
             *     `own_version`: An admin can’t approve a version of their own organization.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version_not_publishable`: The version is not in a state that can be published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description `not_authenticated`: An API key is needed, and the one sent (if any) is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `not_allowed`: This API key may not do that.
             *
             *     `own_version`: An admin can’t approve a version of their own organization.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version_not_publishable`: The version is not in a state that can be published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
