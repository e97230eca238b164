/** What a person types into `paddock dev`: one line, one thing to do. Pure. */
import { CliError } from '../errors.js';

export type DevCommand =
  | { kind: 'call'; tool: string; input: Record<string, unknown> }
  | { kind: 'tools' | 'logs' | 'limits' | 'grants' | 'reload' | 'help' | 'quit' | 'nothing' };

const WORDS = ['tools', 'logs', 'limits', 'grants', 'reload', 'help', 'quit'] as const;

/**
 * `call TOOL {"json": true}`, `call TOOL key=value …`, either without `call`, or one of the words.
 * @throws CliError `usage`
 */
export function parseDevCommand(line: string): DevCommand {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const word = WORDS.find((one) => one === text || (one === 'quit' && text === 'exit'));
  if (word !== undefined) return { kind: word };
  const [, tool = '', rest = ''] = /^(?:call\s+)?(\S+)\s*(.*)$/s.exec(text) ?? [];
  if (tool === 'call') throw new CliError('usage', 'Which tool? call TOOL {json}, or call TOOL key=value.');
  return { kind: 'call', tool, input: parseInput(rest) };
}

function parseInput(text: string): Record<string, unknown> {
  if (text === '') return {};
  if (!text.startsWith('{')) return Object.fromEntries(words(text).map(parseField));
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new CliError('usage', `That is no JSON: ${(error as Error).message}.`);
  }
}

/** Divided at spaces, but for those between quotation marks. */
const words = (text: string): string[] => text.match(/(?:"(?:[^"\\]|\\.)*"|\S)+/g) ?? [];

/** `key=value`: the value as JSON if it is JSON, else as the text that it is. */
function parseField(word: string): [string, unknown] {
  const equals = word.indexOf('=');
  if (equals < 1) throw new CliError('usage', `An input is {json} or key=value, not “${word}”.`);
  const value = word.slice(equals + 1);
  try {
    return [word.slice(0, equals), JSON.parse(value)];
  } catch {
    return [word.slice(0, equals), value];
  }
}
