import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A few figures side by side. */
export const Stats = ({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }) => (
  <dl className="stat-row">
    {items.map(([label, value]) => (
      <div key={label}>
        <Text component="dt" size="xs" c="dimmed">
          {label}
        </Text>
        <Text component="dd" size="sm" fw={550}>
          {value}
        </Text>
      </div>
    ))}
  </dl>
);
