import { Badge, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../api/session.js';
import {
  type NewTrustedPublisher,
  type TrustedPublisher,
  useDistrust,
  useTrust,
  useTrustedPublishers,
} from '../../api/trustedPublishers.js';
import { FormDialog } from '../../components/FormDialog.js';
import { Loaded } from '../../components/Loaded.js';
import { ReasonDialog } from '../../components/ReasonDialog.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';

/** The identities, such as workflows of a CI, whose Sigstore signatures the registry takes from this organization. */
export function TrustedPublishers() {
  const { isAdmin } = useSession();
  return (
    <Section
      title="Trusted publishers"
      lead="Identities, such as a workflow of your CI, that may sign your versions by Sigstore, without a key."
      actions={isAdmin ? <Trust /> : null}
    >
      <Loaded query={useTrustedPublishers()}>
        {(trusted) =>
          trusted.length === 0 ? (
            <Text size="sm" c="dimmed">
              None yet.
            </Text>
          ) : (
            <div className="table-scroll">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Name</Table.Th>
                    <Table.Th>Identity</Table.Th>
                    <Table.Th>Since</Table.Th>
                    <Table.Th>Standing</Table.Th>
                    <Table.Th />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {trusted.map((each) => (
                    <TrustedRow key={each.id} trusted={each} />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

function TrustedRow({ trusted: { id, name, identity, issuer, createdAt, revokedAt } }: { trusted: TrustedPublisher }) {
  const { isAdmin } = useSession();
  const distrust = useDistrust(id);
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>
        <Text size="sm" className="mono">
          {identity}
        </Text>
        <Text size="xs" c="dimmed">
          by {issuer}
        </Text>
      </Table.Td>
      <Table.Td>
        <Time at={createdAt} />
      </Table.Td>
      <Table.Td>
        <Badge color={revokedAt === null ? 'moss' : 'red'}>
          {revokedAt === null ? 'trusted' : 'no longer trusted'}
        </Badge>
      </Table.Td>
      <Table.Td ta="right">
        {revokedAt === null && isAdmin ? (
          <ReasonDialog
            label="Distrust…"
            question={`Trust ${name} no longer?`}
            consequence="The registry takes no further version that it signs; what it has taken stays. To withdraw that too, since a time: paddock keys distrust --since."
            action="Trust it no longer"
            mutation={distrust}
            buttonProps={{ size: 'compact-sm', variant: 'subtle', color: 'red' }}
          />
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

const NOBODY: NewTrustedPublisher = { name: '', issuer: '', identity: '' };
const FIELDS = [
  { field: 'name', label: 'Name', description: 'What you call it' },
  {
    field: 'issuer',
    label: 'Issuer',
    description: 'Who vouches for it, such as https://token.actions.githubusercontent.com',
  },
  {
    field: 'identity',
    label: 'Identity',
    description: 'As the certificate says it: it is compared whole, never as a pattern',
  },
] as const;

function Trust() {
  const [whom, setWhom] = useState(NOBODY);
  const trust = useTrust();
  const { name, issuer, identity } = whom;
  const trimmed = { name: name.trim(), issuer: issuer.trim(), identity: identity.trim() };
  return (
    <FormDialog
      label="Trust an identity…"
      title="Trust an identity"
      action="Trust it"
      isComplete={!Object.values(trimmed).includes('')}
      onSubmit={(done) => trust.mutate(trimmed, { onSuccess: done })}
      mutation={trust}
      onLeave={() => {
        setWhom(NOBODY);
        trust.reset();
      }}
      buttonProps={{ size: 'sm' }}
    >
      {FIELDS.map(({ field, label, description }) => (
        <TextInput
          key={field}
          label={label}
          description={description}
          required
          value={whom[field]}
          onChange={(event) => setWhom({ ...whom, [field]: event.currentTarget.value })}
        />
      ))}
    </FormDialog>
  );
}
