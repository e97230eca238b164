import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useSession } from '../../api/session.js';
import { type KeyStanding, standingOf, useRegisterSigningKey, useSigningKeys } from '../../api/signingKeys.js';
import { Confirm } from '../../components/Confirm.js';
import { formatDate } from '../../components/format.js';
import { Hash } from '../../components/Hash.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';
import type { BrowserKey } from '../../signing/browserKey.js';
import { ImportKey } from './ImportKey.js';
import type { BrowserKeyState } from './useBrowserKey.js';

/** The key with which this browser signs: made or imported here, and registered by one click. */
export function KeyPanel({ browserKey }: { browserKey: BrowserKeyState }) {
  const { data: key, supported, generate, importPem, forget, loadError } = browserKey;
  return (
    <Section
      title="Signing key"
      lead="The private half stays in this browser, where it can sign and can’t be read out. The registry knows the public half alone."
    >
      {supported === false ? (
        <Alert color="yellow" title="This browser can’t sign">
          It needs WebCrypto with Ed25519 and a secure address (HTTPS, or this machine). You can still upload a bundle
          that you signed with the command line.
        </Alert>
      ) : null}
      {key === null && supported === true ? (
        <Group>
          <Button onClick={() => generate.mutate()} loading={generate.isPending}>
            Create a key in this browser
          </Button>
          <ImportKey importPem={importPem} />
        </Group>
      ) : null}
      {key === null || key === undefined ? null : <KnownKey browserKey={key} forget={forget} />}
      <Problem error={loadError ?? generate.error} />
    </Section>
  );
}

const STANDINGS: Record<Exclude<KeyStanding, 'unknown'>, { color: string; label: string }> = {
  unregistered: { color: 'yellow', label: 'not registered yet' },
  usable: { color: 'moss', label: 'registered' },
  revoked: { color: 'red', label: 'revoked' },
  'not yet valid': { color: 'yellow', label: 'not yet valid' },
  expired: { color: 'red', label: 'expired' },
};

function KnownKey({
  browserKey: { keyId, publicKey, createdAt, origin },
  forget,
}: {
  browserKey: BrowserKey;
  forget: BrowserKeyState['forget'];
}) {
  const { isAdmin } = useSession();
  const { data: keys, error } = useSigningKeys();
  const register = useRegisterSigningKey();
  const standing = standingOf(keyId, keys);
  const name = `Browser key ${keyId.slice(0, 8)}`;
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Hash value={keyId} label="the key’s id" short />
        {standing === 'unknown' ? null : <Badge color={STANDINGS[standing].color}>{STANDINGS[standing].label}</Badge>}
        <Text size="sm" c="dimmed">
          {origin === 'generated' ? 'created' : 'imported'} {formatDate(createdAt.toISOString())}
        </Text>
      </Group>
      <Problem error={error ?? register.error} />
      <Group>
        {standing === 'unregistered' && isAdmin ? (
          <Button onClick={() => register.mutate({ name, publicKey })} loading={register.isPending}>
            Register its public half
          </Button>
        ) : null}
        <Confirm
          label="Forget this key…"
          question="Forget this browser’s signing key?"
          consequence="It can’t be brought back. What it has signed stays valid; revoke it below if nothing more may be signed with it."
          action="Forget the key"
          mutation={forget}
        />
      </Group>
      {standing === 'unregistered' && !isAdmin ? (
        <Text size="sm">An owner or admin of your organization has to register it.</Text>
      ) : null}
    </Stack>
  );
}
