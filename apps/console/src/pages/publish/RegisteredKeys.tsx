import { Badge, Box, Table, Text } from '@mantine/core';
import { useSession } from '../../api/session.js';
import { type SigningKey, standingOf, useRevokeSigningKey, useSigningKeys } from '../../api/signingKeys.js';
import { Confirm } from '../../components/Confirm.js';
import { Hash } from '../../components/Hash.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';

/** The public keys that the registry takes for this organization. */
export function RegisteredKeys() {
  const { data: keys, error } = useSigningKeys();
  return (
    <Section title="Registered keys" lead="The keys whose signatures the registry takes from your organization." flush>
      {error === null ? null : (
        <Box p="lg">
          <Problem error={error} />
        </Box>
      )}
      {keys?.length === 0 ? (
        <Text size="sm" c="dimmed" px="lg" pb="lg">
          None yet.
        </Text>
      ) : null}
      {keys === undefined || keys.length === 0 ? null : (
        <div className="table-scroll">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Id</Table.Th>
                <Table.Th>Since</Table.Th>
                <Table.Th>Standing</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.map((key) => (
                <KeyRow key={key.keyId} signingKey={key} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Section>
  );
}

function KeyRow({ signingKey: key }: { signingKey: SigningKey }) {
  const { isAdmin } = useSession();
  const revoke = useRevokeSigningKey(key.keyId);
  const standing = standingOf(key.keyId, [key]);
  return (
    <Table.Tr>
      <Table.Td>{key.name}</Table.Td>
      <Table.Td>
        <Hash value={key.keyId} label={`id of ${key.name}`} short />
      </Table.Td>
      <Table.Td>
        <Time at={key.validFrom} />
      </Table.Td>
      <Table.Td>
        <Badge color={standing === 'usable' ? 'moss' : 'red'}>{standing}</Badge>
      </Table.Td>
      <Table.Td ta="right">
        {standing === 'usable' && isAdmin ? (
          <Confirm
            label="Revoke…"
            fullLabel={`Revoke ${key.name}`}
            question={`Revoke ${key.name}?`}
            consequence="The registry takes no further version that it signs; what it has taken stays. This can’t be undone. For a key that was stolen, paddock keys revoke --since also withdraws what was uploaded since then."
            action="Revoke the key"
            mutation={revoke}
            buttonProps={{ size: 'compact-sm', variant: 'subtle', color: 'red' }}
          />
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}
