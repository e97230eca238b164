/** A file's content as a string field of a tool's input takes it. */

/** What the API takes in one request, less some room for the rest of it. */
const MAX_BYTES = 900_000;

/**
 * @param base64 whether the field wants base64, as for files that aren't text
 * @throws Error with a sentence for the person, when the file is too large or no text
 */
export async function readFile(file: Blob, base64: boolean): Promise<string> {
  if (file.size > (base64 ? MAX_BYTES * 0.75 : MAX_BYTES))
    throw new Error('This file is larger than one call may take.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (base64) return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('This file is not text in UTF-8.');
  }
}
