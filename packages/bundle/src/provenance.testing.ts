/** SLSA provenance for tests, as GitHub's workflows make it. */
import { PROVENANCE_PREDICATE, STATEMENT_TYPE } from '@paddock/contracts';

export const BUILDER = 'https://github.com/actions/runner/github-hosted';
export const BUILD_TYPE = 'https://actions.github.io/buildtypes/workflow/v1';
export const REPOSITORY = 'https://github.com/acme/hello';
export const COMMIT = '1f2e3d4c5b6a79880716253443526170899aabbc';

/** @param sha256 of the bundle */
export const slsaStatement = (sha256: string, { builder = BUILDER, repository = REPOSITORY } = {}) => ({
  _type: STATEMENT_TYPE,
  subject: [{ name: 'hello.tgz', digest: { sha256 } }],
  predicateType: PROVENANCE_PREDICATE,
  predicate: {
    buildDefinition: {
      buildType: BUILD_TYPE,
      externalParameters: {
        workflow: { ref: 'refs/tags/v1.0.0', repository, path: '.github/workflows/release.yml' },
      },
      internalParameters: { github: { event_name: 'push', repository_id: '1', runner_environment: 'github-hosted' } },
      resolvedDependencies: [{ uri: `git+${repository}@refs/tags/v1.0.0`, digest: { gitCommit: COMMIT } }],
    },
    runDetails: {
      builder: { id: builder },
      metadata: { invocationId: `${repository}/actions/runs/1/attempts/1` },
    },
  },
});

export type SlsaStatement = ReturnType<typeof slsaStatement>;
