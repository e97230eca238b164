/** A tool's input as it is given on the command line: JSON from an argument, a file or stdin, and files as text fields. */
import { CliError } from './errors.js';
import { readInput, readStdin } from './files.js';

export interface InputOptions {
  /** JSON, or `-` for stdin. */
  input?: string;
  /** A file of JSON, or `-` for stdin. */
  inputFile?: string;
  /** `field=path`, each: the text of a file as one field. */
  file?: readonly string[];
}

/** @throws CliError `usage`, `file_unreadable` */
export async function readToolInput({ input, inputFile, file = [] }: InputOptions): Promise<Record<string, unknown>> {
  if (input !== undefined && inputFile !== undefined)
    throw new CliError('usage', 'Give --input or --input-file, not both.');
  const fields = file.map(parseField);
  const given = await readJson(input, inputFile);
  const texts = await Promise.all(fields.map(async ({ field, path }) => [field, await readText(path)] as const));
  return { ...given, ...Object.fromEntries(texts) };
}

function parseField(text: string): { field: string; path: string } {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1)
    throw new CliError('usage', `--file takes <field>=<path>, not “${text}”.`);
  return { field: text.slice(0, equals), path: text.slice(equals + 1) };
}

async function readJson(input: string | undefined, inputFile: string | undefined): Promise<Record<string, unknown>> {
  const where = inputFile ?? (input === '-' ? '-' : '--input');
  const text = where === '-' ? await readStdin() : inputFile === undefined ? input : await readText(inputFile);
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CliError(
      'usage',
      `The input (${where === '-' ? 'stdin' : where}) is not JSON: ${(error as Error).message}.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CliError('usage', 'A tool’s input is a JSON object.');
  return value as Record<string, unknown>;
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readInput(path));
  } catch (error) {
    if (error instanceof TypeError) throw new CliError('file_unreadable', `${path} is not text in UTF-8.`);
    throw error;
  }
}
