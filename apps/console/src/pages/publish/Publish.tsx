import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/session.js';
import { useSigningKeys } from '../../api/signingKeys.js';
import { Page } from '../../components/Page.js';
import { LinkButton } from '../../components/RouterLink.js';
import type { Draft } from '../../signing/draft.js';
import { ChooseFiles } from './ChooseFiles.js';
import { DraftReview } from './DraftReview.js';
import { KeyPanel } from './KeyPanel.js';
import { RegisteredKeys } from './RegisteredKeys.js';
import { Threshold } from './Threshold.js';
import { TrustedPublishers } from './TrustedPublishers.js';
import { useBrowserKey } from './useBrowserKey.js';

/** From a folder, or a bundle that is signed already, to an upload. */
export function Publish() {
  const { me } = useSession();
  const browserKey = useBrowserKey(me.organization.id);
  const { data: registered } = useSigningKeys();
  const [draft, setDraft] = useState<Draft | null>(null);
  const navigate = useNavigate();
  return (
    <Page
      title="Publish"
      lead="A version is signed before it leaves this browser, verified before anybody can install it, and never changes afterwards."
      actions={
        <LinkButton to="/versions" variant="default">
          My versions
        </LinkButton>
      }
    >
      {draft === null ? (
        <Stack gap="xl">
          <KeyPanel browserKey={browserKey} />
          <ChooseFiles browserKey={browserKey.data ?? null} registered={registered} onDraft={setDraft} />
          <RegisteredKeys />
          <Threshold />
          <TrustedPublishers />
        </Stack>
      ) : (
        <DraftReview
          draft={draft}
          onBack={() => setDraft(null)}
          onUploaded={(version) => navigate(`/versions/${version.id}`)}
        />
      )}
    </Page>
  );
}
