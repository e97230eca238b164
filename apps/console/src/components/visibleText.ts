/** Texts of strangers, with what can't be seen made visible: a reader must not be shown another text than the computer reads. */

/** Control and format characters, those that reorder among them, and Unicode's two line separators. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

export const visibleText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(INVISIBLE, (char) => `⟦U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`);
