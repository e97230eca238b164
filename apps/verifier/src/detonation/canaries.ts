/**
 * Secrets that are nobody's: random for each detonation, given to the plugin where it expects secrets and data of a tenant's, and
 * looked for in everything that it then says to anybody.
 */
import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Long enough that no text holds it by chance, and that a piece of it is not one either. */
const LENGTH = 40;
/** The least of a canary that is known again. */
const PIECE = 12;

export class Canaries {
  readonly #values = new Map<string, string>();
  readonly #forms = new Map<string, readonly string[]>();

  /** The canary that stands for `what`, such as `secret TOKEN`; the same for as long as the detonation goes on. */
  of(what: string): string {
    const known = this.#values.get(what);
    if (known !== undefined) return known;
    const value = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
    this.#values.set(what, value);
    this.#forms.set(what, formsOf(value));
    return value;
  }

  /** What the canaries stand for that a text holds, plainly or in base64, hexadecimal or backwards, whole or cut in two. */
  in(text: string): string[] {
    return [...this.#forms].filter(([, forms]) => forms.some((form) => text.includes(form))).map(([what]) => what);
  }
}

function formsOf(value: string): string[] {
  const halves = [value.slice(0, LENGTH / 2), value.slice(LENGTH / 2)];
  const plain = [
    ...halves,
    [...value]
      .reverse()
      .join('')
      .slice(PIECE / 2, -PIECE / 2),
  ];
  const hex = halves.flatMap((half) => {
    const text = Buffer.from(half).toString('hex');
    return [text, text.toUpperCase()];
  });
  // What stands before it shifts base64 by 0, 1 or 2 bytes; the first and last group may hold a neighbour's bits.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${'.'.repeat(shift)}${value}`)
      .toString('base64')
      .slice(4, -8),
  );
  return [...plain, ...hex, ...base64];
}
