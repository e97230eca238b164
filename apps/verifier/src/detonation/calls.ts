/** Which tools a detonation calls with what, and what their answers say of the manifest's examples. */
import { isDeepStrictEqual } from 'node:util';
import { compileSchema, type Finding, type Manifest, type ToolDeclaration, type ToolExample } from '@paddock/contracts';
import type { RunResult } from '@paddock/sandbox';
import { finding } from './findings.js';
import { inputFor } from './inputFor.js';

/** More calls than this tell little more; each tool has its first before any has its second. */
const MAX_CALLS = 32;

export interface Call {
  tool: ToolDeclaration;
  input: Record<string, unknown>;
  /** Null where the input is of our own making, so that nothing is promised of it. */
  example: ToolExample | null;
}

export function callsOf({ tools }: Manifest): Call[] {
  const calls = tools.flatMap((tool): { call: Call; turn: number }[] => {
    const { examples = [] } = tool;
    if (examples.length > 0)
      return examples.map((example, turn) => ({ call: { tool, input: example.input, example }, turn }));
    const input = inputFor(tool.inputSchema);
    return input === undefined ? [] : [{ call: { tool, input, example: null }, turn: 0 }];
  });
  return calls
    .sort((a, b) => a.turn - b.turn)
    .map(({ call }) => call)
    .slice(0, MAX_CALLS);
}

/** @param served whether the host answered something meanwhile, which it made up: what rests on it may well be wrong. */
export function judge({ tool, input, example }: Call, result: RunResult, served: boolean): Finding[] {
  if (example === null) return broke(tool, result);
  const fails = (why: string, unclear: boolean) => [
    finding(unclear ? 'example-unclear' : 'example-fails', `${tool.name}: ${why}`),
  ];
  if (faults(tool.inputSchema, input) !== '') return fails(`its input: ${faults(tool.inputSchema, input)}`, false);
  if (result.outcome !== 'succeeded') return fails(`it ended as ${result.outcome}.`, served);
  const broken = tool.outputSchema === undefined ? '' : faults(tool.outputSchema, result.output);
  if (broken !== '') return fails(`its result: ${broken}`, false);
  const differs = example.output !== undefined && !isDeepStrictEqual(result.output, example.output);
  return differs ? fails('its result is another one.', served) : [];
}

/** Nothing is promised of an input that we have made up, but that the tool outlives it. */
function broke({ name }: ToolDeclaration, { outcome }: RunResult): Finding[] {
  if (outcome === 'succeeded' || outcome === 'failed') return [];
  return [finding(outcome === 'timed_out' ? 'tool-silent' : 'tool-breaks', `${name} ended as ${outcome}.`)];
}

const faults = (schema: Record<string, unknown>, value: unknown): string =>
  compileSchema(schema)(value)
    .map(({ path, message }) => `${path}: ${message}`)
    .join('; ')
    .slice(0, 500);
