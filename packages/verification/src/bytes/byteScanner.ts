/**
 * Looks through every file of a bundle by the byte rules. Texts that can't hold what any rule looks for are told by a glance,
 * since most bundles have no other, and then the engine is not even loaded. What can't be looked through is a finding: it is
 * never taken for something harmless.
 */
import type { Finding } from '@paddock/contracts';
import { DeadlineExceeded, withDeadline } from '../deadline.js';
import { excerptOf } from '../excerpt.js';
import { findingOf } from '../scanFile.js';
import type { ByteRule } from './byteRule.js';
import { compile, type Search } from './engine.js';
import { BYTE_RULES } from './rules.js';

/** For all files of a bundle together; an honest one of the largest size takes a fraction of it. */
const TOTAL_MS = 30_000;
const MAX_MATCHES = 1000;
/** Where a file that is no text shows it. */
const HEAD_BYTES = 8192;
/** Around a place, to show it. */
const AROUND = 400;

/** Compiled when it is first needed, once; and again after it was interrupted. */
let compiled: { rules: readonly ByteRule[]; search: Promise<Search> } | undefined;

function searchBy(rules: readonly ByteRule[]): Promise<Search> {
  if (compiled?.rules !== rules) compiled = { rules, search: compile(rules, MAX_MATCHES) };
  return compiled.search;
}

export interface ByteScannerOptions {
  readonly rules?: readonly ByteRule[];
  readonly timeoutMs?: number;
}

export class ByteScanner {
  readonly #rules: readonly ByteRule[];
  readonly #findings: Finding[] = [];
  #msLeft: number;
  #stopped: string | null = null;

  constructor({ rules = BYTE_RULES, timeoutMs = TOTAL_MS }: ByteScannerOptions = {}) {
    this.#msLeft = timeoutMs;
    this.#rules = rules;
  }

  /** @param bytes all of the file */
  async add(path: string, bytes: Uint8Array): Promise<void> {
    if (!isBinary(bytes)) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      if (!this.#rules.some((rule) => rule.text?.test(text))) return;
    }
    for (const { rule, offsets } of await this.#search(path, bytes))
      this.#findings.push(findingOf(rule, path, placeOf(bytes, Math.min(...offsets))));
  }

  /** The findings of all files that were added. */
  get findings(): Finding[] {
    return this.#stopped === null ? this.#findings : [...this.#findings, notSearched(this.#stopped)];
  }

  /** Nothing once it has been stopped: the whole is reported then. */
  async #search(path: string, bytes: Uint8Array): Promise<ReturnType<Search>> {
    if (this.#stopped !== null) return [];
    const search = await searchBy(this.#rules).catch(() => null);
    if (search === null) {
      this.#stopped = 'its engine could not be loaded.';
      return [];
    }
    const start = performance.now();
    try {
      return withDeadline(Math.max(1, this.#msLeft), () => search(path, bytes));
    } catch (error) {
      // It was interrupted amid its work, or is broken: either way it can't go on.
      compiled = undefined;
      this.#stopped = error instanceof DeadlineExceeded ? 'it takes too long.' : 'its engine failed.';
      return [];
    } finally {
      this.#msLeft -= performance.now() - start;
    }
  }
}

/** Media that begin with text, so that a script can stand behind it. */
const MEDIA = ['GIF8', '\x89PNG', '\xff\xd8\xff', 'RIFF', 'OggS', 'ID3'];

const isBinary = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, HEAD_BYTES).includes(0) ||
  MEDIA.some((magic) => Buffer.from(bytes.subarray(0, magic.length)).equals(Buffer.from(magic, 'latin1')));

function placeOf(bytes: Uint8Array, offset: number): { line: number | null; excerpt: string } {
  const start = Math.max(0, offset - AROUND);
  const around = Buffer.from(bytes.subarray(start, offset + AROUND)).toString('latin1');
  const isText = !bytes.subarray(0, HEAD_BYTES).includes(0);
  const before = isText ? Buffer.from(bytes.subarray(0, offset)).toString('latin1') : '';
  return { line: isText ? before.split('\n').length : null, excerpt: excerptOf(around, offset - start) };
}

function notSearched(reason: string): Finding {
  const message = `Not every file could be looked through by the byte rules: ${reason}`;
  return { rule: 'bytes-not-scanned', severity: 'high', message, file: null, line: null, excerpt: null };
}
