import { Button, CopyButton, Group, Tooltip } from '@mantine/core';

/** A digest or an id: all of it, or its beginning, and a way to copy it. */
export const Hash = ({ value, label, short = false }: { value: string; label: string; short?: boolean }) => (
  <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
    <Tooltip label={value} disabled={!short} multiline maw={420} className="mono">
      <span className={short ? 'mono no-wrap' : 'mono'}>{short ? `${value.slice(0, 12)}…` : value}</span>
    </Tooltip>
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          c="dimmed"
          fw={450}
          flex="none"
          onClick={copy}
          aria-label={`Copy ${label}`}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  </Group>
);
