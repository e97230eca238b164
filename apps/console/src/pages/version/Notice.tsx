import { Alert, Text } from '@mantine/core';
import type { Version } from '@paddock/client';
import { DeprecationNotice } from '../../components/DeprecationNotice.js';
import { FlagNotice } from '../../components/FlagNotice.js';
import { visibleText } from '../../components/visibleText.js';

const TITLES: Partial<Record<Version['state'], string>> = {
  rejected: 'It was rejected',
  yanked: 'It was yanked: it takes no new installs, and those that are there go on',
  revoked: 'It was revoked: nothing of it runs any more',
};

/** What whoever opens the page must know first: what is known by now, that it was taken back, by whom, and why. */
export function Notice({ version }: { version: Version }) {
  const { state, decision, deprecation } = version;
  const title = TITLES[state];
  return (
    <>
      {title === undefined || decision === null ? null : (
        <Alert color={state === 'yanked' ? 'yellow' : 'red'} title={title}>
          <Text size="sm">
            {decision.by === 'admin' ? 'An admin' : 'Its publisher'}
            {decision.reason === null ? '' : `: ${visibleText(decision.reason)}`}
          </Text>
        </Alert>
      )}
      <FlagNotice {...version} />
      {deprecation === null ? null : <DeprecationNotice deprecation={deprecation} />}
    </>
  );
}
