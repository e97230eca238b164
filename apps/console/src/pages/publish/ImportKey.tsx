import { Button, FileButton, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { Problem } from '../../components/Problem.js';
import type { BrowserKeyState } from './useBrowserKey.js';

/** Takes a private key in PEM, from the clipboard or a file. */
export function ImportKey({ importPem }: { importPem: BrowserKeyState['importPem'] }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [pem, setPem] = useState('');
  const end = () => {
    setPem('');
    importPem.reset();
    close();
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        Import a key…
      </Button>
      <Modal opened={opened} onClose={end} title="Import a signing key" centered size="lg">
        <Stack>
          <Textarea
            label="Private key"
            description="Ed25519, PKCS #8 in PEM, without a passphrase. The text is not kept."
            placeholder="-----BEGIN PRIVATE KEY-----"
            value={pem}
            onChange={(event) => setPem(event.currentTarget.value)}
            autosize
            minRows={4}
            spellCheck={false}
            autoComplete="off"
            classNames={{ input: 'mono' }}
          />
          <Problem error={importPem.error} />
          <Group justify="space-between">
            <FileButton
              accept=".pem,.key,application/x-pem-file"
              onChange={(file) => void file?.text().then(setPem)}
              inputProps={{ 'aria-label': 'Key file' }}
            >
              {(button) => (
                <Button {...button} variant="subtle">
                  From a file…
                </Button>
              )}
            </FileButton>
            <Button
              loading={importPem.isPending}
              disabled={pem.trim() === ''}
              onClick={() => importPem.mutate(pem, { onSuccess: end })}
            >
              Import
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
