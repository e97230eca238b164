import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Install } from '@paddock/client';
import { useNavigate } from 'react-router';
import { useRemoveInstall } from '../../api/installs.js';
import { Problem } from '../../components/Problem.js';

export function RemoveInstall({ install }: { install: Install }) {
  const [opened, { open, close }] = useDisclosure(false);
  const remove = useRemoveInstall(install.id);
  const navigate = useNavigate();
  return (
    <>
      <Button variant="default" onClick={open}>
        Remove…
      </Button>
      <Modal opened={opened} onClose={close} title={`Remove ${install.plugin}?`} centered>
        <Stack>
          <Text size="sm">Its grants end at once. Its runs and its audit trail stay.</Text>
          <Problem error={remove.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep it
            </Button>
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: () => navigate('/installs') })}>
              Remove the install
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
