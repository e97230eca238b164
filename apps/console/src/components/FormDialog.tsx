import { Button, type ButtonProps, Group, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Problem } from './Problem.js';

interface FormDialogProps {
  /** On the button that asks. */
  label: string;
  /** What the button is called for screen readers, where its label alone doesn't say enough. */
  fullLabel?: string;
  title: string;
  /** What there is to read and to fill in. */
  children: ReactNode;
  /** On the button that does it. */
  action: string;
  color?: string;
  isComplete: boolean;
  /** Does it, and calls `done` when that went well. */
  onSubmit: (done: () => void) => void;
  mutation: { error: Error | null; isPending: boolean };
  /** Called when the dialog closes, done or not. */
  onLeave?: () => void;
  buttonProps?: ButtonProps;
}

/** A button for what takes a form: it asks first, and stays open when it fails. */
export function FormDialog(props: FormDialogProps) {
  const { label, fullLabel = label, title, children, action, color, isComplete, mutation, buttonProps } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const leave = () => {
    close();
    props.onLeave?.();
  };
  return (
    <>
      <Button variant="default" {...buttonProps} onClick={open} aria-label={fullLabel}>
        {label}
      </Button>
      <Modal opened={opened} onClose={leave} title={title} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isComplete) props.onSubmit(leave);
          }}
        >
          <Stack>
            {children}
            <Problem error={mutation.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={leave}>
                Cancel
              </Button>
              <Button
                type="submit"
                {...(color === undefined ? {} : { color })}
                loading={mutation.isPending}
                disabled={!isComplete}
              >
                {action}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
