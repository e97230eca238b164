/**
 * One run's conversation with a plugin: requests and their answers, the plugin's own requests, its log, and the one
 * ending that comes first. It decides nothing about the sandbox; `converse` does.
 */
import { ERRORS, type Limits, PaddockError } from '@paddock/contracts';
import type { Message, MessageId } from './messages.js';
import { RunLog } from './runLog.js';
import type { Sandbox } from './sandbox.js';
import type { PluginFault, RunPlan } from './types.js';

/** Why a conversation ended before its answer. */
export type Ending =
  | { kind: 'fault'; fault: PluginFault }
  | { kind: 'deadline' }
  | { kind: 'stopped'; reason: unknown }
  | { kind: 'exited' }
  | { kind: 'platform'; cause: unknown };

/** Ends the wait for an answer. */
export class Ended extends Error {
  override readonly name = 'Ended';
  constructor(readonly ending: Ending) {
    super(ending.kind);
  }
}

export type Answer =
  | { ok: true; result: unknown; bytes: number }
  | { ok: false; error: { code: number; message: string } };

/** More than these at once wait, and meanwhile nothing is read from the plugin. What is unwritten is at most a message for each, and one. */
const MAX_HOST_CALLS = 16;
/** JSON-RPC 2.0's codes, and the first of those it leaves to implementations. */
const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;
const HOST_SERVICE_ERROR = -32000;

export class Exchange {
  outputBytes = 0;
  private pending: { id: number; resolve: (answer: Answer) => void; reject: (error: Ended) => void } | undefined;
  private ending: Ending | undefined;
  private readonly log: RunLog;
  private readonly waiting: { id: MessageId; method: string; params: unknown }[] = [];
  /** What waits and what runs. */
  private readonly unanswered = new Set<MessageId>();
  private hostCalls = 0;
  private readonly over = new AbortController();

  constructor(
    private readonly sandbox: Sandbox,
    private readonly limits: Limits,
    private readonly plan: Pick<RunPlan, 'hostServices' | 'onLog'>,
    private readonly nextId: () => number,
  ) {
    this.log = new RunLog(plan.onLog);
  }

  /** Sends a request and waits for its answer; one at a time. @throws Ended when the conversation ends first. */
  request(method: string, params: unknown): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.ending) return reject(new Ended(this.ending));
      const id = this.nextId();
      const text = line({ jsonrpc: '2.0', id, method, params });
      if (Buffer.byteLength(text) > this.limits.messageBytes) {
        return reject(new Ended(this.fault('failed', 'input_invalid', 'The input is larger than one message may be.')));
      }
      this.pending = { id, resolve, reject };
      this.sandbox.write(text);
    });
  }

  notify(method: string, params?: unknown): void {
    this.sandbox.write(line({ jsonrpc: '2.0', method, params }));
  }

  /** The id of the request that waits for its answer. */
  get pendingId(): number | undefined {
    return this.pending?.id;
  }

  /** Ends the conversation, unless it has ended: the first ending counts, and is answered. */
  end(ending: Ending): Ending {
    if (this.ending) return this.ending;
    this.ending = ending;
    this.over.abort();
    this.waiting.length = 0;
    this.pending?.reject(new Ended(ending));
    // A plugin that is about to be killed is read to its end.
    this.sandbox.resume();
    return ending;
  }

  /** No more of this conversation's host calls: what runs is aborted, and the plugin is told, since it may live on. */
  close(): void {
    this.over.abort();
    this.waiting.length = 0;
    for (const id of this.unanswered) this.refuse(id, HOST_SERVICE_ERROR, 'cancelled_by_caller');
    this.unanswered.clear();
    this.sandbox.resume();
  }

  /** Counts what the plugin wrote. Answers false when it is too much. */
  count(bytes: number): boolean {
    this.outputBytes += bytes;
    if (this.outputBytes <= this.limits.outputBytes) return true;
    this.fault('output_limit', 'output_exceeded');
    return false;
  }

  stderr(bytes: Buffer): void {
    if (!this.ending) this.log.stderr(bytes);
  }

  /** Takes one message of the plugin's; `undefined` is a line that was none. */
  receive(message: Message | undefined, bytes: number): void {
    if (this.ending) this.receiveLate(message);
    else if (message === undefined) this.violation();
    else if (message.kind === 'request') this.serve(message);
    else if (message.kind !== 'notification') this.settle(message, bytes);
    else if (message.method === 'notifications/message') this.log.message(message.params);
  }

  private settle(message: Extract<Message, { kind: 'result' | 'error' }>, bytes: number): void {
    const { pending } = this;
    if (pending === undefined || message.id !== pending.id) {
      this.violation();
      return;
    }
    this.pending = undefined;
    pending.resolve(
      message.kind === 'result' ? { ok: true, result: message.result, bytes } : { ok: false, error: message.error },
    );
  }

  /** Called when an answer comes although the conversation has ended: then no grace is needed any more. */
  onLateAnswer: (() => void) | undefined;
  private receiveLate(message: Message | undefined): void {
    if (message !== undefined && (message.kind === 'result' || message.kind === 'error')) this.onLateAnswer?.();
  }

  fault(
    outcome: PluginFault['outcome'],
    code: PluginFault['error']['code'],
    message: string = ERRORS[code].title,
  ): Ending {
    return this.end({ kind: 'fault', fault: { outcome, error: { code, message } } });
  }

  /** Ends the conversation because of something that is not the protocol. */
  violation(): void {
    this.fault('protocol_error', 'protocol_violation');
  }

  /** The plugin has taken what was written to it. */
  drained(): void {
    this.pump();
  }

  private serve(request: { id: MessageId; method: string; params: unknown }): void {
    if (this.unanswered.has(request.id)) this.violation();
    else if (request.method === 'ping') this.sandbox.write(line({ jsonrpc: '2.0', id: request.id, result: {} }));
    else if (!request.method.startsWith('host/')) this.refuse(request.id, METHOD_NOT_FOUND, 'host_service_unknown');
    else {
      this.unanswered.add(request.id);
      this.waiting.push(request);
    }
    this.pump();
  }

  /** Starts what may start, and reads nothing more from a plugin that asks faster than it takes its answers. */
  private pump(): void {
    if (this.over.signal.aborted) return;
    const isBehind = () => this.sandbox.unwrittenBytes > this.limits.messageBytes;
    while (this.hostCalls < MAX_HOST_CALLS && !isBehind()) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      void this.callHost(next);
    }
    if (this.waiting.length > 0 || isBehind()) this.sandbox.pause();
    else this.sandbox.resume();
  }

  private async callHost(request: { id: MessageId; method: string; params: unknown }): Promise<void> {
    this.hostCalls += 1;
    try {
      this.answerHost(request.id, await this.plan.hostServices(request.method, request.params, this.over.signal));
    } catch (error) {
      this.refuseHost(request.id, error);
    }
    this.hostCalls -= 1;
    this.pump();
  }

  private answerHost(id: MessageId, result: unknown): void {
    const text = line({ jsonrpc: '2.0', id, result: result ?? null });
    if (!this.unanswered.delete(id)) return;
    if (Buffer.byteLength(text) > this.limits.messageBytes) this.refuse(id, HOST_SERVICE_ERROR, 'result_too_large');
    else this.sandbox.write(text);
  }

  private refuseHost(id: MessageId, error: unknown): void {
    if (!this.unanswered.delete(id)) return;
    if (error instanceof PaddockError) this.refuse(id, HOST_SERVICE_ERROR, error.code, error.message);
    else this.refuse(id, INTERNAL_ERROR, 'internal');
  }

  private refuse(
    id: MessageId,
    code: number,
    reason: keyof typeof ERRORS,
    message: string = ERRORS[reason].title,
  ): void {
    this.sandbox.write(line({ jsonrpc: '2.0', id, error: { code, message, data: { code: reason } } }));
  }
}

const line = (message: unknown): string => `${JSON.stringify(message)}\n`;
