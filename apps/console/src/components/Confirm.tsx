import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UseMutationResult } from '@tanstack/react-query';
import { Problem } from './Problem.js';

interface ConfirmProps<T> {
  /** On the button that asks. */
  label: string;
  /** What the button is called for screen readers, where its label alone doesn't say enough. */
  fullLabel?: string;
  question: string;
  consequence: string;
  /** On the button that does it. */
  action: string;
  mutation: UseMutationResult<T, Error, void>;
  onDone?: () => void;
  buttonProps?: ButtonProps;
}

/** A button for what can't be taken back: it asks first, and stays open when it fails. */
export function Confirm<T>(props: ConfirmProps<T>) {
  const { label, fullLabel = label, question, consequence, action, mutation, onDone, buttonProps } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const done = () => {
    close();
    onDone?.();
  };
  return (
    <>
      <Button variant="default" {...buttonProps} onClick={open} aria-label={fullLabel}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={question} centered>
        <Stack>
          <Text size="sm">{consequence}</Text>
          <Problem error={mutation.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              color="red"
              loading={mutation.isPending}
              onClick={() => mutation.mutate(undefined, { onSuccess: done })}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
