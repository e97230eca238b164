import { Button, Group, Text } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { type Chosen, chosenFromDrop, chosenFromInput } from '../signing/chosenFiles.js';

interface DropZoneProps {
  busy: boolean;
  onChosen: (chosen: Promise<Chosen>) => void;
}

/** Takes a dropped folder or files; the two buttons do the same by keyboard. */
export function DropZone({ busy, onChosen }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!busy) onChosen(chosenFromDrop(event.dataTransfer));
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type !== 'dragleave');
  };
  return (
    <fieldset
      className="drop-zone"
      data-over={over}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={drop}
      aria-label="Plugin files"
    >
      <Text fw={550}>Drop a plugin’s folder here</Text>
      <Text size="sm" c="dimmed">
        or a signed bundle: a .tgz and its .sig.json
      </Text>
      <Group mt="xs" justify="center">
        <PickFiles label="Choose a folder" folder busy={busy} onChosen={onChosen} />
        <PickFiles label="Choose a signed bundle" folder={false} busy={busy} onChosen={onChosen} />
      </Group>
    </fieldset>
  );
}

function PickFiles({ label, folder, busy, onChosen }: DropZoneProps & { label: string; folder: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant={folder ? 'filled' : 'default'} disabled={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={label}
        {...(folder ? { webkitdirectory: '' } : { accept: '.tgz,.gz,.json' })}
        onChange={({ currentTarget }) => {
          if (currentTarget.files !== null && currentTarget.files.length > 0)
            onChosen(Promise.resolve(chosenFromInput(currentTarget.files)));
          currentTarget.value = ''; // The same choice again is a choice too.
        }}
      />
    </>
  );
}
