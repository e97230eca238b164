/** Generated from openapi.json by generate.mjs: change the API's endpoints, then run `npm run generate`. */

export interface paths {
    "/v1/advisories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add, change and withdraw advisories about packages; versions that hold such packages are flagged in the background */
        post: operations["importAdvisories"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/v1/blobs/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A blob’s bytes */
        get: operations["downloadBlob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A blob: its digest, size and origin */
        get: operations["getBlob"];
        put?: never;
        post?: never;
        /** Remove a blob; a run that waits with it will not find it */
        delete: operations["removeBlob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your blobs, newest first */
        get: operations["listBlobs"];
        put?: never;
        /** Upload a blob, to be given to runs */
        post: operations["uploadBlob"];
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
        /** Change an install’s version, if that asks for no more than is granted, or how it is upgraded */
        patch: operations["changeInstall"];
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
    "/v1/installs/{id}/abilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an installed version can do, beside what is granted to it */
        get: operations["listInstallAbilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of versions that your organization has installed, newest first */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a notice and all before it as read, for your whole organization */
        post: operations["readNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Say how many of your organization’s valid signing keys must sign a version
         * @description It holds for uploads from then on. It is never more than the keys that are valid now.
         */
        patch: operations["changeOrganization"];
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
    "/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your organization’s reports, oldest first; for a platform organization, everybody’s */
        get: operations["listReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a report, saying what came of it */
        post: operations["resolveReport"];
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
    "/v1/installs/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names of an install’s secrets that have a value */
        get: operations["listSecrets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installs/{id}/secrets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a secret of an install its value
         * @description The install must grant the secret. Nobody can read the value again, except the plugin that asks for it.
         */
        put: operations["setSecret"];
        post?: never;
        /** Remove the value of an install’s secret */
        delete: operations["removeSecret"];
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
    "/v1/signing-keys/{keyId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a signing key, for good: since now, or since the time from which it can’t be trusted
         * @description It signs no further version. Versions that the registry first saw before that time stay valid; those that it saw later, and that have too few other signatures, are withdrawn with the key. A second call can only move the time further back.
         */
        post: operations["revokeSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trusted-publishers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The identities that may sign your versions by Sigstore */
        get: operations["listTrustedPublishers"];
        put?: never;
        /**
         * Let an identity, such as a workflow of your CI, sign your versions by Sigstore
         * @description Issuer and identity are compared whole with what the certificate says, and never as patterns.
         */
        post: operations["createTrustedPublisher"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trusted-publishers/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trust an identity no longer: since now, or since the time from which it can’t be trusted
         * @description What it signed goes the way of what a revoked key signed.
         */
        post: operations["revokeTrustedPublisher"];
        delete?: never;
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
    "/v1/versions/{id}/deprecation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell tenants not to begin with a version any more, and what to take in its place */
        put: operations["deprecateVersion"];
        post?: never;
        /** Take a deprecation back */
        delete: operations["undeprecateVersion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The version’s bundle, byte for byte as it was uploaded */
        get: operations["downloadBundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/countersignature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The registry’s countersignature: a DSSE envelope over its verdict */
        get: operations["downloadCountersignature"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/evidence/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A JSON document that the version’s verification left, byte for byte as the registry countersigned it */
        get: operations["downloadEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The publisher’s signature, byte for byte as it was uploaded */
        get: operations["downloadSignature"];
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
    "/v1/versions/{id}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is new in a version: files and manifest beside the newest published version before it */
        get: operations["getVersionDifference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/abilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a version can do: as its code shows it, as it declares it, and as it was seen */
        get: operations["listVersionAbilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/exposure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a version could reach, install by install: its runs, grants, secrets (by name), hosts and host services
         * @description Of your own organization’s installs; for a platform organization, of everybody’s.
         */
        get: operations["listVersionExposure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a version, as its publisher signed them */
        get: operations["listVersionFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a version’s publisher and the admins said of it, oldest first */
        get: operations["listVersionMessages"];
        put?: never;
        /** Say something of a version, between its publisher and the admins: to appeal, to ask, to answer */
        post: operations["postVersionMessage"];
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
        /** Your organization’s versions, or those of a plugin; for a platform organization, every publisher’s */
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
    "/v1/versions/{id}/files/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of a version as text, up to 1 MiB, for its publisher and for platform admins */
        get: operations["readVersionFile"];
        put?: never;
        post?: never;
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
    "/v1/versions/{id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report a published version to the admins. Its publisher does not learn of it */
        post: operations["reportVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a version verified anew
         * @description For a version in review whose verification did not come to its end, and for those that were countersigned by a key which is revoked. What is published stays so meanwhile, and is countersigned anew unless it is rejected now or its verification does not come to its end.
         */
        post: operations["requestVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a published or yanked version, for good
         * @description The kill switch: its sandboxes are killed on every executor, runs end as revoked, and there are no more. What it could reach stands in its exposure report.
         */
        post: operations["revokeVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/unyank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a yanked version take installs again */
        post: operations["unyankVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/yank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Yank a published version: it takes no new installs, and those that are there go on */
        post: operations["yankVersion"];
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
        AdvisoryImport: {
            /** @description New or changed */
            imported: number;
            /** @description Withdrawn */
            removed: number;
            /** @description Known as they are, or withdrawn and never known */
            unchanged: number;
        };
        Advisory: {
            id: string;
            summary: string;
            vectors: string[];
            rating: string | null;
            withdrawn: boolean;
            affected: {
                /** @enum {string} */
                ecosystem: "npm" | "PyPI" | "Go";
                name: string;
                ranges: {
                    events: {
                        introduced?: string;
                        fixed?: string;
                        last_affected?: string;
                        limit?: string;
                    }[];
                }[];
                versions: string[];
            }[];
        };
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
            event: "organization.created" | "organization.changed" | "api_key.created" | "api_key.revoked" | "signing_key.created" | "signing_key.revoked" | "trusted_publisher.created" | "trusted_publisher.revoked" | "version.uploaded" | "version.upload_refused" | "version.verification_requested" | "version.verified" | "version.approved" | "version.rejected" | "version.published" | "version.yanked" | "version.unyanked" | "version.deprecated" | "version.undeprecated" | "version.revoked" | "version.rescanned" | "version.flagged" | "advisories.imported" | "version.message_posted" | "report.created" | "report.resolved" | "install.created" | "install.changed" | "install.upgraded" | "install.removed" | "secret.set" | "secret.removed" | "blob.uploaded" | "blob.removed" | "run.created" | "run.cancel_requested" | "run.settled" | "run.left_profile" | "run.requeued" | "host_service.refused" | "executor.registered" | "executor.isolation_changed";
            subject: {
                /** @enum {string} */
                type: "organization" | "api_key" | "signing_key" | "trusted_publisher" | "version" | "install" | "run" | "blob" | "report" | "executor";
                id: string;
            };
            data: {
                [key: string]: unknown;
            };
            leafHash: string | null;
        };
        Blob: {
            /** Format: uuid */
            id: string;
            sha256: string;
            /** @description In bytes */
            size: number;
            contentType: string;
            /** @description The run that wrote it; null for an upload */
            runId: string | null;
            /** @description The name that its run gave it */
            name: string | null;
            /** Format: date-time */
            createdAt: string;
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
                /**
                 * @description Whose kernel answers the plugin’s system calls there
                 * @enum {string}
                 */
                kernel: "host" | "gvisor";
                /**
                 * @description The weakest level that it is needed for
                 * @enum {string}
                 */
                neededFor: "L1" | "L2" | "L3";
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
            /**
             * @description A yanked version goes on running; a revoked one does not
             * @enum {string}
             */
            versionState: "verifying" | "accepted" | "review" | "rejected" | "published" | "yanked" | "revoked";
            deprecation: components["schemas"]["Deprecation"] | null;
            /** @description What is known by now of the packages that the version holds */
            advisories: components["schemas"]["VersionAdvisory"][];
            /** @description What newer rules find that its verification did not, and that would not be accepted today; one of each rule */
            laterFindings: {
                rule: string;
                /** @enum {string} */
                severity: "info" | "low" | "medium" | "high" | "critical";
                message: string;
                file: string | null;
                line: number | null;
                excerpt: string | null;
                /** @description What its publisher can do about it; left out where there is nothing to say */
                suggestion?: string;
            }[];
            grants: {
                /** @description Hosts that the plugin may fetch from through the host */
                http?: string[];
                /** @description A key-value store of the install’s own */
                kv?: boolean;
                /** @description Blobs that a run is given, and blobs that it gives */
                blobs?: boolean;
                /** @description Secrets of the install that the plugin may read */
                secrets?: string[];
            };
            /** @description What the manifest asks for; grants are a part of it */
            declared: {
                /** @description Hosts that the plugin may fetch from through the host */
                http?: string[];
                /** @description A key-value store of the install’s own */
                kv?: boolean;
                /** @description Blobs that a run is given, and blobs that it gives */
                blobs?: boolean;
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
                /** @description CPU time of one run, of all its processes together; a sandbox’s start counts to its first run */
                cpuTimeMs?: number;
                /** @description Processes and threads */
                pids?: number;
                /** @description Size of /tmp, which counts as memory */
                tmpBytes?: number;
                /** @description Files and folders in /tmp */
                tmpInodes?: number;
                /** @description Size of one file */
                fileBytes?: number;
                /** @description Open files of one process */
                openFiles?: number;
                /** @description One protocol message, either way */
                messageBytes?: number;
                /** @description Protocol messages that one run writes; what comes faster waits, and no run ends for it */
                messagesPerSecond?: number;
                /** @description All that one run writes to stdout and stderr */
                outputBytes?: number;
                /** @description The result of one run, as JSON */
                resultBytes?: number;
            };
            /** @enum {string} */
            isolation: "install" | "run";
            /**
             * @description The weakest isolation level that its runs take: the strictest of manifest, install and plan
             * @enum {string}
             */
            minIsolation: "L1" | "L2" | "L3";
            /**
             * @description When it is upgraded by itself: never; when its version is flagged, yanked, revoked or deprecated with a replacement; or always
             * @enum {string}
             */
            upgradePolicy: "none" | "fixes" | "compatible";
            tools: {
                name: string;
                description: string;
                inputSchema: {
                    [key: string]: unknown;
                };
                outputSchema?: {
                    [key: string]: unknown;
                };
                /** @description Calls that the verifier tries before the version is accepted */
                examples?: {
                    input: {
                        [key: string]: unknown;
                    };
                    output?: unknown;
                }[];
            }[];
            /** Format: date-time */
            createdAt: string;
        };
        Deprecation: {
            message: string;
            replacement: string | null;
            /** @enum {string} */
            by: "publisher" | "admin";
            /** Format: date-time */
            at: string;
        };
        VersionAdvisory: {
            id: string;
            /**
             * @description `critical` is malware
             * @enum {string}
             */
            severity: "info" | "low" | "medium" | "high" | "critical";
            summary: string;
            packages: {
                /** @enum {string} */
                ecosystem: "npm" | "PyPI" | "Go";
                name: string;
                version: string;
            }[];
            /** Format: date-time */
            foundAt: string;
        };
        Abilities: {
            /** Format: uuid */
            versionId: string;
            items: components["schemas"]["AbilityRow"][];
        };
        AbilityRow: {
            /** @enum {string} */
            ability: "network" | "kv" | "blobs" | "secrets" | "process" | "filesystem" | "environment" | "eval" | "native" | "crypto_mining" | "persistence" | "obfuscation";
            /** @description The first place of its code that shows it; null where none does */
            detected: {
                file: string;
                line: number | null;
            } | null;
            /** @description By its manifest: hosts, names of secrets; null: not declared */
            declared: string[] | null;
            /** @description What it asked for when it was detonated; null: nothing */
            observed: string[] | null;
            /** @description By the install; null: not granted. What code can do by itself, nobody can grant */
            granted: string[] | null;
        };
        Notice: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "flagged" | "yanked" | "deprecated" | "revoked" | "upgraded";
            /** Format: uuid */
            installId: string;
            plugin: string;
            /** Format: uuid */
            versionId: string;
            /** @description That it happened to; of an upgrade, the new one */
            version: string;
            /** @description In the words of whoever did it, or what was found */
            reason: string | null;
            /** Format: date-time */
            at: string;
            read: boolean;
        };
        Organization: {
            /** Format: uuid */
            id: string;
            slug: string;
            displayName: string;
            /** @description Whether its owners and admins are platform admins */
            platform: boolean;
            /** @description How many of its valid keys must sign a version */
            signatureThreshold: number;
            /** Format: date-time */
            createdAt: string;
        };
        CreatedOrganization: {
            organization: components["schemas"]["Organization"];
            apiKey: components["schemas"]["ApiKeyWithSecret"];
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
                runtime: "node" | "python" | "native";
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
                    /** @description Calls that the verifier tries before the version is accepted */
                    examples?: {
                        input: {
                            [key: string]: unknown;
                        };
                        output?: unknown;
                    }[];
                }[];
                /** @default {} */
                capabilities: {
                    /** @description Hosts that the plugin may fetch from through the host */
                    http?: string[];
                    /** @description A key-value store of the install’s own */
                    kv?: boolean;
                    /** @description Blobs that a run is given, and blobs that it gives */
                    blobs?: boolean;
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
                    /** @description CPU time of one run, of all its processes together; a sandbox’s start counts to its first run */
                    cpuTimeMs?: number;
                    /** @description Processes and threads */
                    pids?: number;
                    /** @description Size of /tmp, which counts as memory */
                    tmpBytes?: number;
                    /** @description Files and folders in /tmp */
                    tmpInodes?: number;
                    /** @description Size of one file */
                    fileBytes?: number;
                    /** @description Open files of one process */
                    openFiles?: number;
                    /** @description One protocol message, either way */
                    messageBytes?: number;
                    /** @description Protocol messages that one run writes; what comes faster waits, and no run ends for it */
                    messagesPerSecond?: number;
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
                deprecation: components["schemas"]["Deprecation"] | null;
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
                deprecation: components["schemas"]["Deprecation"] | null;
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
                /** @description Blobs that a run is given, and blobs that it gives */
                blobs?: boolean;
                /** @description Secrets of the install that the plugin may read */
                secrets?: string[];
            };
        };
        AbuseReport: {
            /** Format: uuid */
            id: string;
            /** @description Whose report it is */
            organization: {
                /** Format: uuid */
                id: string;
                slug: string;
            };
            /** Format: uuid */
            versionId: string;
            plugin: string;
            version: string;
            /** @enum {string} */
            category: "malware" | "data_theft" | "impersonation" | "licence" | "spam" | "other";
            text: string;
            /** Format: date-time */
            createdAt: string;
            resolvedAt: string | null;
            /** @description What came of it, as the admin who resolved it said */
            resolution: string | null;
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
            /** @description The blobs that it is given, by name */
            inputBlobs: {
                [key: string]: string;
            };
            /** @description The blobs that it wrote; none unless it succeeded */
            outputBlobs: components["schemas"]["Blob"][];
            /** @description The tool’s result; null unless the run succeeded */
            output: unknown;
            error: {
                /** @enum {string} */
                code: "invalid_request" | "malformed_body" | "upload_too_slow" | "body_too_large" | "unsupported_media_type" | "not_authenticated" | "not_allowed" | "not_found" | "route_not_found" | "conflict" | "threshold_exceeds_keys" | "name_taken" | "idempotency_key_reused" | "rate_limited" | "internal" | "unavailable" | "bundle_too_large" | "bundle_empty" | "bundle_not_gzip" | "bundle_truncated" | "bundle_corrupt" | "bundle_trailing_data" | "bundle_expands_too_far" | "bundle_too_many_files" | "bundle_entry_type" | "bundle_entry_path" | "bundle_entry_mode" | "bundle_entry_duplicate" | "bundle_entry_header" | "signature_missing" | "signature_malformed" | "signature_algorithm" | "signature_key_unknown" | "signature_key_expired" | "signature_key_revoked" | "signature_identity_unknown" | "signature_threshold" | "signature_invalid" | "registry_keys_malformed" | "statement_malformed" | "statement_digest_mismatch" | "statement_name_mismatch" | "statement_files_mismatch" | "provenance_malformed" | "provenance_signature_invalid" | "provenance_digest_mismatch" | "manifest_missing" | "manifest_not_json" | "manifest_invalid" | "manifest_entry_missing" | "manifest_schema_invalid" | "tools_mismatch" | "plugin_does_not_start" | "version_exists" | "version_not_publishable" | "own_version" | "approval_digest_mismatch" | "file_not_text" | "file_too_large" | "version_not_published" | "grant_not_declared" | "version_asks_more" | "secret_not_granted" | "tool_unknown" | "input_invalid" | "run_already_settled" | "output_invalid" | "result_too_large" | "tool_error" | "deadline_exceeded" | "memory_exceeded" | "cpu_time_exceeded" | "processes_exceeded" | "output_exceeded" | "protocol_violation" | "process_exited" | "cancelled_by_caller" | "capability_not_granted" | "host_service_unknown" | "host_params_invalid" | "host_limit_exceeded" | "host_handle_unknown" | "http_url_invalid" | "http_header_forbidden" | "http_address_forbidden" | "http_name_unresolved" | "http_redirect_refused" | "http_failed" | "http_timed_out" | "http_body_too_large" | "kv_conflict" | "kv_quota_exceeded" | "secret_not_set" | "blob_unknown" | "blob_too_large" | "blob_quota_exceeded" | "blob_name_taken" | "countersignature_invalid" | "artifact_corrupt" | "artifact_missing" | "isolation_insufficient" | "no_eligible_executor" | "sandbox_unavailable" | "attempts_exhausted";
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
                /** @description CPU time of one run, of all its processes together; a sandbox’s start counts to its first run */
                cpuTimeMs: number;
                /** @description Processes and threads */
                pids: number;
                /** @description Size of /tmp, which counts as memory */
                tmpBytes: number;
                /** @description Files and folders in /tmp */
                tmpInodes: number;
                /** @description Size of one file */
                fileBytes: number;
                /** @description Open files of one process */
                openFiles: number;
                /** @description One protocol message, either way */
                messageBytes: number;
                /** @description Protocol messages that one run writes; what comes faster waits, and no run ends for it */
                messagesPerSecond: number;
                /** @description All that one run writes to stdout and stderr */
                outputBytes: number;
                /** @description The result of one run, as JSON */
                resultBytes: number;
            } | null;
            isolationLevel: string | null;
            /** @description In what it left the profile that its version was seen to have when it was verified; mostly nothing */
            leftProfile: string[];
            usage: components["schemas"]["UsageFigures"] | null;
            /** @description What the run last said of its progress */
            progress: components["schemas"]["RunProgress"] | null;
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
            /** @description Memory use integrated over the run’s time, in bytes times milliseconds */
            memoryByteMs: number;
            /** @description Read from block devices, in bytes */
            ioReadBytes: number;
            /** @description Written to block devices, in bytes */
            ioWriteBytes: number;
            /** @description Milliseconds on a monotonic clock */
            wallMs: number;
            outputBytes: number;
            /** @description Requests to host services */
            hostCalls: number;
            /** @description What those requests weighed, in bytes */
            hostRequestBytes: number;
            /** @description What their answers weighed, in bytes */
            hostAnswerBytes: number;
        };
        RunProgress: {
            done: number;
            total: number | null;
            message: string | null;
        };
        Secret: {
            name: string;
            /** Format: date-time */
            setAt: string;
        };
        SigningKey: {
            keyId: string;
            name: string;
            /** @description SubjectPublicKeyInfo of an Ed25519 key, DER in base64 */
            publicKey: string;
            /** Format: date-time */
            validFrom: string;
            validUntil: string | null;
            /** @description What the registry first saw before this time stays valid */
            revokedAt: string | null;
            revocationReason: string | null;
        };
        RevokedSigningKey: {
            keyId: string;
            name: string;
            /** @description SubjectPublicKeyInfo of an Ed25519 key, DER in base64 */
            publicKey: string;
            /** Format: date-time */
            validFrom: string;
            validUntil: string | null;
            /** @description What the registry first saw before this time stays valid */
            revokedAt: string | null;
            revocationReason: string | null;
            /** @description First seen since then, and without enough other signatures: revoked if published, else rejected */
            withdrawnVersions: string[];
        };
        TrustedPublisher: {
            /** Format: uuid */
            id: string;
            name: string;
            issuer: string;
            identity: string;
            /** Format: date-time */
            createdAt: string;
            /** @description What the registry first saw before this time stays valid */
            revokedAt: string | null;
            revocationReason: string | null;
        };
        RevokedTrustedPublisher: {
            /** Format: uuid */
            id: string;
            name: string;
            issuer: string;
            identity: string;
            /** Format: date-time */
            createdAt: string;
            /** @description What the registry first saw before this time stays valid */
            revokedAt: string | null;
            revocationReason: string | null;
            /** @description First seen since then, and without enough other signatures: revoked if published, else rejected */
            withdrawnVersions: string[];
        };
        InstallUsage: {
            /** Format: uuid */
            installId: string;
            plugin: string;
            runs: number;
            cpuUs: number;
            wallMs: number;
            memoryByteMs: number;
            ioReadBytes: number;
            ioWriteBytes: number;
            outputBytes: number;
            hostCalls: number;
            hostRequestBytes: number;
            hostAnswerBytes: number;
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
            /** @description The publisher’s keys that signed it */
            signers: components["schemas"]["Signer"][];
            /** @description Where and how it was built, as its signers state; it says nothing of safety, and no verdict rests on it */
            provenance: components["schemas"]["Provenance"] | null;
            verdict: ("accepted" | "review" | "rejected") | null;
            findings: {
                rule: string;
                /** @enum {string} */
                severity: "info" | "low" | "medium" | "high" | "critical";
                message: string;
                file: string | null;
                line: number | null;
                excerpt: string | null;
                /** @description What its publisher can do about it; left out where there is nothing to say */
                suggestion?: string;
            }[];
            /** @description What the verdict rests on; the countersignature covers it */
            scanners: {
                name: string;
                version: string;
            }[];
            /** @description What the verification left; the countersignature covers it */
            evidence: components["schemas"]["Evidence"][];
            /** @description What it was seen to do when it was detonated; the countersignature covers it */
            profile: components["schemas"]["ObservedProfile"] | null;
            /** @description Known once the verifier has read it */
            manifest: {
                name: string;
                version: string;
                description: string;
                license?: string;
                /** Format: uri */
                homepage?: string;
                /** @enum {string} */
                runtime: "node" | "python" | "native";
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
                    /** @description Calls that the verifier tries before the version is accepted */
                    examples?: {
                        input: {
                            [key: string]: unknown;
                        };
                        output?: unknown;
                    }[];
                }[];
                /** @default {} */
                capabilities: {
                    /** @description Hosts that the plugin may fetch from through the host */
                    http?: string[];
                    /** @description A key-value store of the install’s own */
                    kv?: boolean;
                    /** @description Blobs that a run is given, and blobs that it gives */
                    blobs?: boolean;
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
                    /** @description CPU time of one run, of all its processes together; a sandbox’s start counts to its first run */
                    cpuTimeMs?: number;
                    /** @description Processes and threads */
                    pids?: number;
                    /** @description Size of /tmp, which counts as memory */
                    tmpBytes?: number;
                    /** @description Files and folders in /tmp */
                    tmpInodes?: number;
                    /** @description Size of one file */
                    fileBytes?: number;
                    /** @description Open files of one process */
                    openFiles?: number;
                    /** @description One protocol message, either way */
                    messageBytes?: number;
                    /** @description Protocol messages that one run writes; what comes faster waits, and no run ends for it */
                    messagesPerSecond?: number;
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
            /** @description Since when it waits to be verified anew, where it is published or yanked */
            verificationRequestedAt: string | null;
            publishedAt: string | null;
            /** @description Who brought it into its state, unless that was the verifier */
            decision: components["schemas"]["VersionDecision"] | null;
            deprecation: components["schemas"]["Deprecation"] | null;
            /** @description What is known by now of the packages that it holds */
            advisories: components["schemas"]["VersionAdvisory"][];
            /** @description What newer rules find that its verification did not, and that would not be accepted today; one of each rule */
            laterFindings: {
                rule: string;
                /** @enum {string} */
                severity: "info" | "low" | "medium" | "high" | "critical";
                message: string;
                file: string | null;
                line: number | null;
                excerpt: string | null;
                /** @description What its publisher can do about it; left out where there is nothing to say */
                suggestion?: string;
            }[];
        };
        Signer: {
            /** @constant */
            type: "key";
            keyId: string;
        } | {
            /** @constant */
            type: "sigstore";
            issuer: string;
            identity: string;
        };
        Provenance: {
            /** @description The builder’s id */
            builder: string;
            buildType: string;
            /** @description The first git repository among what it was built of, if it names any */
            source: {
                repository: string;
                commit: string | null;
            } | null;
            /** @description Who says so: keys of the publisher’s, or anybody at all whom Sigstore vouches for */
            signers: components["schemas"]["Signer"][];
        };
        Evidence: {
            name: string;
            sha256: string;
            /** @description Bytes */
            size: number;
        };
        ObservedProfile: {
            /** @description Those that answered; only their later runs are compared */
            tools: string[];
            /** @description What was asked of the host and answered, and how often: `kv.get`, `http api.example.com`, `secret TOKEN` */
            hostServices: {
                [key: string]: number;
            };
            /** @description What was asked and refused, with the refusal’s code */
            refused: {
                [key: string]: number;
            };
            /** @description Keys that it read or wrote; the first 50 */
            kvKeys: string[];
            /** @description What lay in /tmp after its work; the first 50, null where the host can’t look there */
            tmpFiles: string[] | null;
            /** @description Processes and threads at once */
            peakPids: number;
            /** @description CPU time of the whole detonation, in microseconds */
            cpuUs: number;
            peakMemoryBytes: number;
        };
        VersionDecision: {
            /** @enum {string} */
            by: "publisher" | "admin";
            reason: string | null;
            /** Format: date-time */
            at: string;
        };
        VersionDifference: {
            /** @description Null when none was published before; then everything is new */
            previous: {
                /** Format: uuid */
                id: string;
                version: string;
            } | null;
            /** @description Those that differ, by path */
            files: {
                path: string;
                /** @description Null when it was added */
                before: {
                    mode: 420 | 493;
                    size: number;
                    sha256: string;
                } | null;
                /** @description Null when it was removed */
                after: {
                    mode: 420 | 493;
                    size: number;
                    sha256: string;
                } | null;
            }[];
            /** @description What differs in the manifest, its version left out */
            manifest: {
                /** @description Such as `capabilities.http` or `tools.greet` */
                field: string;
                /** @description Null when it was not there */
                before: unknown;
                /** @description Null when it is not there any more */
                after: unknown;
            }[];
        };
        ExposedInstall: {
            /** Format: uuid */
            installId: string;
            organization: {
                /** Format: uuid */
                id: string;
                slug: string;
            };
            /** Format: date-time */
            createdAt: string;
            removedAt: string | null;
            /** @description Whether the install stands at this version now */
            current: boolean;
            grants: {
                /** @description Hosts that the plugin may fetch from through the host */
                http?: string[];
                /** @description A key-value store of the install’s own */
                kv?: boolean;
                /** @description Blobs that a run is given, and blobs that it gives */
                blobs?: boolean;
                /** @description Secrets of the install that the plugin may read */
                secrets?: string[];
            };
            /** @description Those in reach: granted, and set at some time. Names alone; the values are nowhere shown */
            secrets: {
                name: string;
                /**
                 * Format: date-time
                 * @description When it first got a value
                 */
                setAt: string;
                /** @description How often the version was given it */
                read: number;
            }[];
            runs: {
                total: number;
                /** @description What these have asked of the host is not known yet */
                underWay: number;
                firstAt: string | null;
                lastAt: string | null;
                /** @description The newest 20 */
                newest: string[];
            };
            /** @description The hosts that were fetched from */
            fetched: {
                host: string;
                requests: number;
            }[];
            /** @description What else was asked of the host and answered */
            answered: {
                service: string;
                requests: number;
            }[];
            /** @description What was asked of the host against the rules */
            refused: number;
        };
        SignedFile: {
            path: string;
            mode: 420 | 493;
            size: number;
            sha256: string;
        };
        VersionMessage: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            side: "publisher" | "admin";
            text: string;
            /** Format: date-time */
            createdAt: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "invalid_request" | "malformed_body" | "upload_too_slow" | "body_too_large" | "unsupported_media_type" | "not_authenticated" | "not_allowed" | "not_found" | "route_not_found" | "conflict" | "threshold_exceeds_keys" | "name_taken" | "idempotency_key_reused" | "rate_limited" | "internal" | "unavailable" | "bundle_too_large" | "bundle_empty" | "bundle_not_gzip" | "bundle_truncated" | "bundle_corrupt" | "bundle_trailing_data" | "bundle_expands_too_far" | "bundle_too_many_files" | "bundle_entry_type" | "bundle_entry_path" | "bundle_entry_mode" | "bundle_entry_duplicate" | "bundle_entry_header" | "signature_missing" | "signature_malformed" | "signature_algorithm" | "signature_key_unknown" | "signature_key_expired" | "signature_key_revoked" | "signature_identity_unknown" | "signature_threshold" | "signature_invalid" | "registry_keys_malformed" | "statement_malformed" | "statement_digest_mismatch" | "statement_name_mismatch" | "statement_files_mismatch" | "provenance_malformed" | "provenance_signature_invalid" | "provenance_digest_mismatch" | "manifest_missing" | "manifest_not_json" | "manifest_invalid" | "manifest_entry_missing" | "manifest_schema_invalid" | "tools_mismatch" | "plugin_does_not_start" | "version_exists" | "version_not_publishable" | "own_version" | "approval_digest_mismatch" | "file_not_text" | "file_too_large" | "version_not_published" | "grant_not_declared" | "version_asks_more" | "secret_not_granted" | "tool_unknown" | "input_invalid" | "run_already_settled" | "output_invalid" | "result_too_large" | "tool_error" | "deadline_exceeded" | "memory_exceeded" | "cpu_time_exceeded" | "processes_exceeded" | "output_exceeded" | "protocol_violation" | "process_exited" | "cancelled_by_caller" | "capability_not_granted" | "host_service_unknown" | "host_params_invalid" | "host_limit_exceeded" | "host_handle_unknown" | "http_url_invalid" | "http_header_forbidden" | "http_address_forbidden" | "http_name_unresolved" | "http_redirect_refused" | "http_failed" | "http_timed_out" | "http_body_too_large" | "kv_conflict" | "kv_quota_exceeded" | "secret_not_set" | "blob_unknown" | "blob_too_large" | "blob_quota_exceeded" | "blob_name_taken" | "countersignature_invalid" | "artifact_corrupt" | "artifact_missing" | "isolation_insufficient" | "no_eligible_executor" | "sandbox_unavailable" | "attempts_exhausted";
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
    importAdvisories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    advisories: components["schemas"]["Advisory"][];
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
                    "application/json": components["schemas"]["AdvisoryImport"];
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
                event?: "organization.created" | "organization.changed" | "api_key.created" | "api_key.revoked" | "signing_key.created" | "signing_key.revoked" | "trusted_publisher.created" | "trusted_publisher.revoked" | "version.uploaded" | "version.upload_refused" | "version.verification_requested" | "version.verified" | "version.approved" | "version.rejected" | "version.published" | "version.yanked" | "version.unyanked" | "version.deprecated" | "version.undeprecated" | "version.revoked" | "version.rescanned" | "version.flagged" | "advisories.imported" | "version.message_posted" | "report.created" | "report.resolved" | "install.created" | "install.changed" | "install.upgraded" | "install.removed" | "secret.set" | "secret.removed" | "blob.uploaded" | "blob.removed" | "run.created" | "run.cancel_requested" | "run.settled" | "run.left_profile" | "run.requeued" | "host_service.refused" | "executor.registered" | "executor.isolation_changed";
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
    downloadBlob: {
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
                    "application/octet-stream": string;
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
            /** @description `artifact_missing`: The stored bytes can’t be found. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBlob: {
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
                    "application/json": components["schemas"]["Blob"];
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
    removeBlob: {
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
    listBlobs: {
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
                        items: components["schemas"]["Blob"][];
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
    uploadBlob: {
        parameters: {
            query?: {
                contentType?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Blob"];
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
             * @description `blob_too_large`: The blob is larger than allowed.
             *
             *     `blob_quota_exceeded`: The organization keeps as many bytes of blobs as it may.
             */
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
    changeInstall: {
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
                    /** @description A published version that asks for nothing which the present one does not ask for */
                    version?: string;
                    /**
                     * @description When it is upgraded by itself: never; when its version is flagged, yanked, revoked or deprecated with a replacement; or always
                     * @enum {string}
                     */
                    upgradePolicy?: "none" | "fixes" | "compatible";
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
             * @description `version_asks_more`: The version asks for something that the installed one does not ask for.
             *
             *     `conflict`: The thing is not in a state that allows this.
             */
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
                        /** @description Blobs that a run is given, and blobs that it gives */
                        blobs?: boolean;
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
                        /** @description CPU time of one run, of all its processes together; a sandbox’s start counts to its first run */
                        cpuTimeMs?: number;
                        /** @description Processes and threads */
                        pids?: number;
                        /** @description Size of /tmp, which counts as memory */
                        tmpBytes?: number;
                        /** @description Files and folders in /tmp */
                        tmpInodes?: number;
                        /** @description Size of one file */
                        fileBytes?: number;
                        /** @description Open files of one process */
                        openFiles?: number;
                        /** @description One protocol message, either way */
                        messageBytes?: number;
                        /** @description Protocol messages that one run writes; what comes faster waits, and no run ends for it */
                        messagesPerSecond?: number;
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
                    /**
                     * @description The weakest isolation level to run at; the manifest may ask for a stronger one
                     * @default L1
                     * @enum {string}
                     */
                    minIsolation?: "L1" | "L2" | "L3";
                    /**
                     * @description When it is upgraded by itself: never; when its version is flagged, yanked, revoked or deprecated with a replacement; or always
                     * @default none
                     * @enum {string}
                     */
                    upgradePolicy?: "none" | "fixes" | "compatible";
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
    listInstallAbilities: {
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
                    "application/json": components["schemas"]["Abilities"];
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
            /** @description `conflict`: The thing is not in a state that allows this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `artifact_missing`: The stored bytes can’t be found. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotices: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                unread?: string;
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
                        items: components["schemas"]["Notice"][];
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
    readNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description The newest that was read; those before it were, too
                     */
                    until: string;
                };
            };
        };
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
    changeOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    signatureThreshold: number;
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
                    "application/json": components["schemas"]["Organization"];
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
            /** @description `threshold_exceeds_keys`: The organization has fewer valid keys than that. */
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
    listReports: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                open?: string;
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
                        items: components["schemas"]["AbuseReport"][];
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
    resolveReport: {
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
                    resolution: string;
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
                    "application/json": components["schemas"]["AbuseReport"];
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
                    /** @description The blobs that the run is given, by name */
                    blobs?: {
                        [key: string]: string;
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
    listSecrets: {
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
                    "application/json": {
                        items: components["schemas"]["Secret"][];
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
    setSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    value: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
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
             *     `secret_not_granted`: The install grants no secret of that name.
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
    removeSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
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
                    /**
                     * Format: date-time
                     * @description Now unless given
                     */
                    validFrom?: string;
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
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /**
                     * Format: date-time
                     * @description Since when it can’t be trusted: now unless given, and never later than now
                     */
                    since?: string;
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
                    "application/json": components["schemas"]["RevokedSigningKey"];
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
    listTrustedPublishers: {
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
                        items: components["schemas"]["TrustedPublisher"][];
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
    createTrustedPublisher: {
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
                    /** @description Who vouches for the identity, compared whole */
                    issuer: string;
                    /** @description The certificate’s subject alternative name, compared whole */
                    identity: string;
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
                    "application/json": components["schemas"]["TrustedPublisher"];
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
    revokeTrustedPublisher: {
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
                    /**
                     * Format: date-time
                     * @description Since when it can’t be trusted: now unless given, and never later than now
                     */
                    since?: string;
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
                    "application/json": components["schemas"]["RevokedTrustedPublisher"];
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
    deprecateVersion: {
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
                    message: string;
                    replacement?: string;
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
    undeprecateVersion: {
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
    downloadBundle: {
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
                    "application/octet-stream": string;
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
            /** @description `artifact_missing`: The stored bytes can’t be found. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadCountersignature: {
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
                    "application/octet-stream": string;
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
    downloadEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/octet-stream": string;
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
            /** @description `artifact_missing`: The stored bytes can’t be found. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadSignature: {
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
                    "application/octet-stream": string;
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
    getVersionDifference: {
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
                    "application/json": components["schemas"]["VersionDifference"];
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
    listVersionAbilities: {
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
                    "application/json": components["schemas"]["Abilities"];
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
            /** @description `conflict`: The thing is not in a state that allows this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `artifact_missing`: The stored bytes can’t be found. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVersionExposure: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
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
                    "application/json": {
                        items: components["schemas"]["ExposedInstall"][];
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
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
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
    listVersionFiles: {
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
                    "application/json": {
                        items: components["schemas"]["SignedFile"][];
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
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The thing is not in a state that allows this. */
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
    listVersionMessages: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
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
                    "application/json": {
                        items: components["schemas"]["VersionMessage"][];
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
            /** @description `not_found`: There is no such thing, or this API key may not see it. */
            404: {
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
    postVersionMessage: {
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
                    text: string;
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
                    "application/json": components["schemas"]["VersionMessage"];
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
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: The organization has done that too often for now. */
            429: {
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
                plugin?: string;
                countersignedBy?: string;
                order?: "newest" | "oldest";
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
                     * @description The DSSE envelope or the Sigstore bundle; it comes first
                     */
                    signature: string;
                    /**
                     * Format: binary
                     * @description SLSA provenance, in an envelope or Sigstore bundle of its own
                     */
                    provenance?: string;
                    /**
                     * Format: binary
                     * @description The .tgz whose sha256 the envelope states; it comes last
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
            /** @description `upload_too_slow`: The upload took longer than allowed. */
            408: {
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
             *     `signature_identity_unknown`: The signing identity is not one that the publisher trusts.
             *
             *     `signature_threshold`: Fewer of the publisher’s keys signed than it requires.
             *
             *     `signature_invalid`: The signature does not match what it is said to sign.
             *
             *     `statement_malformed`: The signed statement is not of the form we take.
             *
             *     `statement_name_mismatch`: The signed statement is about another plugin or version.
             *
             *     `statement_digest_mismatch`: The signed statement is about other bytes.
             *
             *     `provenance_malformed`: The provenance is not a signed SLSA provenance of the form we take.
             *
             *     `provenance_signature_invalid`: The provenance’s signature does not hold.
             *
             *     `provenance_digest_mismatch`: The provenance is about other bytes.
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
                    /** @description Of the bundle that was judged; another one than the version’s is refused */
                    sha256: string;
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
            /**
             * @description `approval_digest_mismatch`: The approval is for other bytes than the version’s.
             *
             *     `version_not_publishable`: The version is not in a state that can be published.
             */
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
    readVersionFile: {
        parameters: {
            query: {
                path: string;
            };
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
                    "application/octet-stream": string;
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
            /** @description `conflict`: The thing is not in a state that allows this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_too_large`: The file is larger than what is shown. */
            413: {
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
             *     `file_not_text`: The file is not text.
             *
             *     `artifact_corrupt`: The stored bytes are not those that were verified.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `artifact_missing`: The stored bytes can’t be found. */
            503: {
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
    reportVersion: {
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
                    /** @enum {string} */
                    category: "malware" | "data_theft" | "impersonation" | "licence" | "spam" | "other";
                    text: string;
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
                    "application/json": components["schemas"]["AbuseReport"];
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
            /** @description `invalid_request`: The request does not have the form that this endpoint takes. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: The organization has done that too often for now. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestVerification: {
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
    revokeVersion: {
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
    unyankVersion: {
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
    yankVersion: {
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
            /** @description `conflict`: The thing is not in a state that allows this. */
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
