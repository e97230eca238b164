/** Questions to a person at a terminal. They go to stderr: stdout is for results. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError } from './errors.js';

/** Whether somebody is there to answer. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** @throws CliError `no_answer` */
export async function confirm(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `, process.stderr)).trim());
}

/** Asks without showing what is typed. @throws CliError `no_answer` */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  try {
    return await ask('', new Writable({ write: (_chunk, _encoding, done) => done() }));
  } finally {
    process.stderr.write('\n');
  }
}

async function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  // Ctrl-C and Ctrl-D close it, and a question is never answered then.
  const closed = new AbortController();
  lines.once('close', () => closed.abort());
  try {
    return await lines.question(question, { signal: closed.signal });
  } catch {
    throw new CliError('no_answer', 'The question was not answered.');
  } finally {
    lines.close();
  }
}
