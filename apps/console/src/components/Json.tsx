import { CodeBlock } from './CodeBlock.js';

/** A value as readable JSON. */
export const Json = ({ value, label }: { value: unknown; label: string }) => (
  <CodeBlock text={JSON.stringify(value, null, 2)} label={label} />
);
