/** Paddock's mark: a piece of fence. */
export const Mark = ({ size }: { size: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 32 32"
    fill="none"
    stroke="var(--mantine-color-moss-6)"
    strokeWidth="2.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d="M7 27V8l3-4 3 4v19M19 27V8l3-4 3 4v19M3 13h26M3 21h26" />
  </svg>
);
