import { type ButtonProps, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { FormDialog } from './FormDialog.js';

/** Of a mutation, what a dialog needs. */
export interface Act {
  readonly error: Error | null;
  readonly isPending: boolean;
  mutate(reason: string, options: { onSuccess: () => void }): void;
}

interface ReasonDialogProps {
  /** On the button that asks. */
  label: string;
  question: string;
  consequence: ReactNode;
  /** What the text is called, and how long it may be. */
  field?: string;
  maxLength?: number;
  /** More to fill in, above the text. */
  children?: ReactNode;
  /** On the button that does it. */
  action: string;
  color?: string;
  mutation: Act;
  buttonProps?: ButtonProps;
}

/** A button for what needs a word: it asks for it first. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { question, consequence, field = 'Reason', maxLength = 2000, children, color = 'red', mutation } = props;
  const { label, action, buttonProps } = props;
  const [text, setText] = useState('');
  const reason = text.trim();
  return (
    <FormDialog
      {...{ label, action, color, mutation, ...(buttonProps && { buttonProps }) }}
      title={question}
      isComplete={reason !== ''}
      onSubmit={(done) => mutation.mutate(reason, { onSuccess: done })}
    >
      <Text size="sm" component="div">
        {consequence}
      </Text>
      {children}
      <Textarea
        label={field}
        required
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={maxLength}
        data-autofocus
      />
    </FormDialog>
  );
}
