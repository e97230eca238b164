import { Button, Group, Stack, Text } from '@mantine/core';
import { PaddockError } from '@paddock/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../api/session.js';
import { type SigningKey, standingOf } from '../../api/signingKeys.js';
import { DropZone } from '../../components/DropZone.js';
import { Working } from '../../components/Loaded.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';
import type { BrowserKey } from '../../signing/browserKey.js';
import type { Chosen } from '../../signing/chosenFiles.js';
import { type Draft, draftFromBundle, draftFromFolder } from '../../signing/draft.js';
import { FolderError } from '../../signing/folderError.js';

interface ChooseFilesProps {
  browserKey: BrowserKey | null;
  registered: readonly SigningKey[] | undefined;
  onDraft: (draft: Draft) => void;
}

/** Takes a folder, which is packed and signed here, or a .tgz with its signature. */
export function ChooseFiles({ browserKey, registered, onDraft }: ChooseFilesProps) {
  const { me } = useSession();
  // A bundle and its signature may come one after the other.
  const [held, setHeld] = useState<readonly File[]>([]);
  const prepare = useMutation({
    mutationFn: async (pending: Promise<Chosen>): Promise<Draft | null> => {
      const chosen = await pending;
      if (chosen.kind === 'folder')
        return draftFromFolder(chosen.files, usableKey(browserKey, registered), me.organization.slug);
      const files = [...chosen.files, ...held];
      const bundle = files.find(({ name }) => /\.(tgz|tar\.gz)$/.test(name));
      const signature = files.find(({ name }) => name.endsWith('.json'));
      if (bundle !== undefined && signature !== undefined)
        return draftFromBundle(
          bundle,
          signature,
          { keys: registered ?? [], threshold: me.organization.signatureThreshold },
          me.organization.slug,
        );
      const known = [bundle, signature].filter((file) => file !== undefined);
      if (known.length === 0)
        throw new FolderError(
          'These files are no plugin.',
          'Choose a folder with a plugin.json, or a .tgz and its .sig.json.',
        );
      setHeld(known);
      return null;
    },
    onSuccess: (draft) => {
      if (draft === null) return;
      setHeld([]);
      onDraft(draft);
    },
  });
  const missing = held[0]?.name.endsWith('.json') ? 'the bundle (.tgz)' : 'its signature (.sig.json)';
  return (
    <Section
      title="Plugin"
      lead="A folder with a plugin.json is packed and signed here as it is; packages that it imports must be in it. A bundle that is signed already is checked and taken."
    >
      <DropZone busy={prepare.isPending} onChosen={(chosen) => prepare.mutate(chosen)} />
      {prepare.isPending ? <Working>Packing, hashing and signing</Working> : null}
      {held[0] === undefined ? null : (
        <Group justify="space-between" role="status">
          <Text size="sm">
            {held[0].name} is here. Now choose {missing}.
          </Text>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setHeld([])}>
            Start again
          </Button>
        </Group>
      )}
      <Stack>
        <Problem error={prepare.error} />
      </Stack>
    </Section>
  );
}

function usableKey(key: BrowserKey | null, registered: readonly SigningKey[] | undefined): BrowserKey {
  if (key === null)
    throw new PaddockError(
      'signature_missing',
      'Create or import a signing key above; a folder is signed in this browser.',
    );
  const standing = standingOf(key.keyId, registered);
  if (standing === 'usable' || standing === 'unknown') return key;
  if (standing === 'unregistered')
    throw new PaddockError(
      'signature_key_unknown',
      'Register the public half of this browser’s key above, then choose the folder again.',
    );
  throw new PaddockError(
    standing === 'revoked' ? 'signature_key_revoked' : 'signature_key_expired',
    'Forget this browser’s key above and create another.',
  );
}
