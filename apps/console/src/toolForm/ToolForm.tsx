import { Button, Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { ApiError } from '@paddock/client';
import { type SubmitEvent, useMemo, useState } from 'react';
import type { Tool } from '../api/installs.js';
import { Problem } from '../components/Problem.js';
import { FieldInput } from './FieldInput.js';
import { faultsByField, fieldsOf, initialValues, inputOf, parseInput, valuesOf } from './fields.js';

interface ToolFormProps {
  tool: Tool;
  /** Whether a call is under way. */
  busy: boolean;
  /** What the API said of the last call. */
  error: Error | null;
  onCall: (input: Record<string, unknown>) => void;
}

/** A tool's input: as fields where its schema allows, or as JSON. What is typed stays, whatever the answer. */
export function ToolForm({ tool, busy, error, onCall }: ToolFormProps) {
  const fields = useMemo(() => fieldsOf(tool.inputSchema), [tool.inputSchema]);
  const [mode, setMode] = useState<'form' | 'json'>(fields === null ? 'json' : 'form');
  const [values, setValues] = useState(() => initialValues(fields ?? []));
  const [json, setJson] = useState('{}');
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [jsonFault, setJsonFault] = useState<string | null>(null);
  const answered =
    error instanceof ApiError && error.code === 'input_invalid' ? faultsByField(error.problem.issues ?? []) : {};

  const read = (): Record<string, unknown> | null => {
    if (mode === 'form' && fields !== null) {
      const parsed = inputOf(fields, values);
      setFaults(parsed.ok ? {} : parsed.errors);
      return parsed.ok ? parsed.input : null;
    }
    const parsed = parseInput(json);
    setJsonFault(parsed.ok ? null : parsed.message);
    return parsed.ok ? parsed.input : null;
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = read();
    if (input !== null) onCall(input);
  };
  const switchTo = (next: string) => {
    const input = read();
    if (input === null || fields === null) return;
    if (next === 'json') setJson(JSON.stringify(input, null, 2));
    else {
      const shown = valuesOf(fields, input);
      if (shown === null) return setJsonFault('The form has no fields for some of this. Call the tool from here.');
      setValues(shown);
    }
    setMode(next === 'json' ? 'json' : 'form');
  };

  return (
    <form onSubmit={submit} noValidate aria-label={`Call ${tool.name}`}>
      <Stack gap="md">
        {fields === null ? null : (
          <Group justify="flex-end">
            <SegmentedControl
              size="xs"
              aria-label="How to write the input"
              value={mode}
              onChange={switchTo}
              data={[
                { value: 'form', label: 'Form' },
                { value: 'json', label: 'JSON' },
              ]}
            />
          </Group>
        )}
        {mode === 'form' && fields !== null ? (
          fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              value={values[field.name] ?? null}
              error={faults[field.name] ?? answered[field.name]}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))
        ) : (
          <Textarea
            label="Input"
            description="An object, as JSON"
            value={json}
            onChange={(event) => setJson(event.currentTarget.value)}
            error={jsonFault}
            autosize
            minRows={6}
            maxRows={24}
            spellCheck={false}
            classNames={{ input: 'mono' }}
          />
        )}
        <Problem error={error} />
        <Group>
          <Button type="submit" loading={busy}>
            Call {tool.name}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
