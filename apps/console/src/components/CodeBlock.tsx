/** Text as it is, in a box of its own that scrolls, also by keyboard. Nothing in it is markup. */
export const CodeBlock = ({ text, label }: { text: string; label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <section className="code-block" tabIndex={0} aria-label={label}>
    {text}
  </section>
);
