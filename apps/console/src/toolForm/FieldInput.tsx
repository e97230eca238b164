import { Button, Checkbox, FileButton, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Field, FieldValue } from './fields.js';
import { readFile } from './readFile.js';

interface FieldInputProps {
  field: Field;
  value: FieldValue;
  error: string | undefined;
  onChange: (value: FieldValue) => void;
}

/** One field of a tool's input. */
export function FieldInput({ field, value, error, onChange }: FieldInputProps) {
  const text = typeof value === 'string' ? value : '';
  const { name, required, description } = field;
  const base = { name, label: field.label, description, error: error ?? null };
  const common = { ...base, withAsterisk: required };
  switch (field.kind) {
    case 'boolean':
      return (
        <Checkbox {...base} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={field.choices.map((choice) => ({ value: choice, label: labelOf(choice) }))}
          value={text === '' ? null : text}
          onChange={(chosen) => onChange(chosen ?? '')}
          clearable={!required}
          allowDeselect={!required}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={text}
          onChange={(number) => onChange(String(number))}
          allowDecimal={!field.integer}
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
          clampBehavior="none"
          maw={260}
        />
      );
    case 'json':
      return (
        <Textarea
          {...common}
          description={description ?? 'As JSON'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={16}
          classNames={{ input: 'mono' }}
          spellCheck={false}
        />
      );
    case 'text':
      return <TextField field={field} common={common} text={text} onChange={onChange} />;
  }
}

interface TextFieldProps {
  field: Field;
  common: { name: string; label: string; description: string | undefined; error: string | null; withAsterisk: boolean };
  text: string;
  onChange: (value: string) => void;
}

/** Text that is typed, or taken from a file. */
function TextField({ field, common, text, onChange }: TextFieldProps) {
  const [fileError, setFileError] = useState<string | null>(null);
  const take = async (file: File | null) => {
    if (file === null) return;
    try {
      onChange(await readFile(file, field.base64));
      setFileError(null);
    } catch (error) {
      setFileError((error as Error).message);
    }
  };
  const props = { ...common, error: common.error ?? fileError, value: text };
  return (
    <Stack gap={6}>
      {field.short ? (
        <TextInput {...props} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <Textarea
          {...props}
          onChange={(event) => onChange(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={14}
        />
      )}
      {field.short ? null : (
        <Group>
          <FileButton onChange={(file) => void take(file)} inputProps={{ 'aria-label': `File for ${field.label}` }}>
            {(button) => (
              <Button {...button} size="compact-xs" variant="subtle">
                Fill from a file…
              </Button>
            )}
          </FileButton>
        </Group>
      )}
    </Stack>
  );
}

function labelOf(choice: string): string {
  const value: unknown = JSON.parse(choice);
  return typeof value === 'string' && value !== '' ? value : choice;
}
