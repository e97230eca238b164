import { Group, Table, Text, Textarea } from '@mantine/core';
import type { Install } from '@paddock/client';
import { useState } from 'react';
import { useRemoveSecret, useSecrets, useSetSecret } from '../../api/secrets.js';
import { useSession } from '../../api/session.js';
import { Confirm } from '../../components/Confirm.js';
import { FormDialog } from '../../components/FormDialog.js';
import { Loaded } from '../../components/Loaded.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';

/** The secrets that the plugin was granted: which have a value, and for admins, to give them one. */
export function Secrets({ install: { id, grants } }: { install: Install }) {
  const query = useSecrets(id);
  const granted = grants.secrets ?? [];
  if (granted.length === 0) return null;
  return (
    <Section
      title="Secrets"
      lead="What the plugin may read when it asks for it. A value is sealed as it arrives; nobody can read it here again."
    >
      <Loaded query={query}>
        {(secrets) => (
          <div className="table-scroll">
            <Table>
              <Table.Tbody>
                {granted.map((name) => (
                  <SecretRow
                    key={name}
                    installId={id}
                    name={name}
                    setAt={secrets.find((secret) => secret.name === name)?.setAt}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Loaded>
    </Section>
  );
}

interface SecretRowProps {
  installId: string;
  name: string;
  setAt: string | undefined;
}

function SecretRow({ installId, name, setAt }: SecretRowProps) {
  const { isAdmin } = useSession();
  const remove = useRemoveSecret(installId, name);
  return (
    <Table.Tr>
      <Table.Td className="mono">{name}</Table.Td>
      <Table.Td>
        {setAt === undefined ? (
          <Text size="sm" c="dimmed">
            has no value yet
          </Text>
        ) : (
          <>
            set <Time at={setAt} />
          </>
        )}
      </Table.Td>
      <Table.Td>
        {isAdmin ? (
          <Group justify="flex-end" gap="xs">
            <SetSecret installId={installId} name={name} hasValue={setAt !== undefined} />
            {setAt === undefined ? null : (
              <Confirm
                label="Remove…"
                fullLabel={`Remove the value of ${name}`}
                question={`Remove the value of ${name}?`}
                consequence="Runs that ask for it are refused it from then on."
                action="Remove the value"
                mutation={remove}
                buttonProps={{ size: 'compact-sm', variant: 'subtle', color: 'red' }}
              />
            )}
          </Group>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

function SetSecret({ installId, name, hasValue }: { installId: string; name: string; hasValue: boolean }) {
  const [value, setValue] = useState('');
  const set = useSetSecret(installId, name);
  return (
    <FormDialog
      label={hasValue ? 'Replace…' : 'Set…'}
      fullLabel={`${hasValue ? 'Replace' : 'Set'} ${name}`}
      title={`${hasValue ? 'Replace' : 'Set'} ${name}`}
      action="Seal it"
      isComplete={value !== ''}
      onSubmit={(done) => set.mutate(value, { onSuccess: done })}
      mutation={set}
      // What was typed goes with the dialog.
      onLeave={() => {
        setValue('');
        set.reset();
      }}
      buttonProps={{ size: 'compact-sm', variant: 'light' }}
    >
      <Textarea
        label="Value"
        description="Taken as it is, line breaks and all"
        required
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={10}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
    </FormDialog>
  );
}
