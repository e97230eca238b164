/**
 * One run's conversation with a plugin: requests and their answers, the plugin's own requests, its log, and the one
 * ending that comes first. It decides nothing about the sandbox; `converse` does.
 */
import { ERRORS, HOST_LIMITS, type Limits, PaddockError, type Progress } from '@paddock/contracts';
import { isObject, type Message, type MessageId } from './messages.js';
import { capText, cleanText, RunLog } from './runLog.js';
import type { Sandbox } from './sandbox.js';
import { Throttle } from './throttle.js';
import type { HostCall, HostUsage, PluginFault, RunPlan } from './types.js';

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

/** What of a plan a conversation needs. */
export type ExchangePlan = Pick<RunPlan, 'hostServices' | 'onLog' | 'onProgress'>;

const MAX_PROGRESS_MESSAGE = 1000;
/** JSON-RPC 2.0's codes, and the first of those it leaves to implementations. */
const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;
const HOST_SERVICE_ERROR = -32000;

/** Why host calls end with their conversation. One for all: a reason made each time costs a stack trace. */
const OVER = new Error('the conversation is over');

export class Exchange {
  outputBytes = 0;
  readonly used: HostUsage = { hostCalls: 0, hostRequestBytes: 0, hostAnswerBytes: 0 };
  private pending: { id: number; resolve: (answer: Answer) => void; reject: (error: Ended) => void } | undefined;
  private ending: Ending | undefined;
  private deaf = false;
  private readonly log: RunLog;
  private readonly waiting: { id: MessageId; method: string; params: unknown }[] = [];
  /** What waits and what runs. */
  private readonly unanswered = new Set<MessageId>();
  private inFlight = 0;
  private readonly throttle: Throttle;
  /** Until it fires, nothing is read: the plugin wrote more messages than it may. */
  private resting: NodeJS.Timeout | undefined;
  private readonly over = new AbortController();
  private readonly hostCall: HostCall;
  /** On the monotonic clock, in milliseconds. */
  private readonly endsAt: number;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly limits: Limits,
    private readonly plan: ExchangePlan,
    deadlineMs: number,
    private readonly nextId: () => number,
  ) {
    const log = new RunLog(plan.onLog);
    this.log = log;
    this.endsAt = performance.now() + deadlineMs;
    this.hostCall = {
      signal: this.over.signal,
      used: this.used,
      remainingMs: () => this.remainingMs(),
      log: (level, message) => log.add(level, message),
      progress: (progress) => this.progress(progress),
    };
    this.throttle = new Throttle(limits.messagesPerSecond);
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

  /** Until the deadline, in whole milliseconds, and never less: a plugin that keeps to it does not give up before we do. */
  remainingMs(): number {
    return Math.max(0, Math.ceil(this.endsAt - performance.now()));
  }

  notify(method: string, params?: unknown): void {
    this.sandbox.write(line({ jsonrpc: '2.0', method, params }));
  }

  /** Whether something ended the conversation, be it after the answer. */
  get hasEnded(): boolean {
    return this.ending !== undefined;
  }

  /** The id of the request that waits for its answer. */
  get pendingId(): number | undefined {
    return this.pending?.id;
  }

  /** Ends the conversation, unless it has ended: the first ending counts, and is answered. */
  end(ending: Ending): Ending {
    if (this.ending) return this.ending;
    this.ending = ending;
    // A late answer still ends the grace of one that was asked to stop.
    this.deaf = ending.kind !== 'deadline' && ending.kind !== 'stopped';
    this.over.abort(OVER);
    this.waiting.length = 0;
    clearTimeout(this.resting);
    this.pending?.reject(new Ended(ending));
    // A plugin that is about to be killed is read to its end.
    this.sandbox.resume();
    return ending;
  }

  /** No more of this conversation's host calls: what runs is aborted, and the plugin is told, since it may live on. */
  close(): void {
    this.over.abort(OVER);
    this.waiting.length = 0;
    clearTimeout(this.resting);
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

  /** Whether nothing more of stderr is kept. */
  get isLogFull(): boolean {
    return this.ending !== undefined || this.log.isFull;
  }

  stderr(bytes: Buffer): void {
    if (!this.ending) this.log.stderr(bytes);
  }

  /** Takes one message of the plugin's; `undefined` is a line that was none. */
  receive(message: Message | undefined, bytes: number): void {
    // Of a message and a timer that are both due, a busy process may be handed the message first.
    if (!this.ending && performance.now() >= this.endsAt) this.end({ kind: 'deadline' });
    if (this.ending) {
      this.receiveLate(message);
      return;
    }
    this.rest(this.throttle.take());
    if (message === undefined) this.violation();
    else if (message.kind === 'request') this.serve(message, bytes + 1);
    else if (message.kind !== 'notification') this.settle(message, bytes);
    else if (message.method === 'notifications/message') this.log.message(message.params);
    else if (message.method === 'notifications/progress') this.progressNotified(message.params);
  }

  /** A `notifications/progress`, as far as it is well-formed. */
  private progressNotified(params: unknown): void {
    if (!isObject(params)) return;
    const { progress, total, message } = params;
    if (typeof progress !== 'number') return;
    this.progress({
      done: progress,
      total: typeof total === 'number' ? total : null,
      message: typeof message === 'string' ? message : null,
    });
  }

  private progress({ done, total, message }: Progress): void {
    const words = message === null ? null : cleanText(capText(message, MAX_PROGRESS_MESSAGE));
    this.plan.onProgress?.({ done, total, message: words });
  }

  private rest(ms: number): void {
    if (ms === 0) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = undefined;
      this.pump();
    }, ms);
    this.sandbox.pause();
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

  /** Whether nothing that the plugin writes counts any more, so that it needs not even be parsed. */
  get isDeaf(): boolean {
    return this.deaf;
  }

  /** Called when an answer comes although the conversation has ended: then no grace is needed any more. */
  onLateAnswer: (() => void) | undefined;
  private receiveLate(message: Message | undefined): void {
    if (message === undefined) this.deaf = true;
    else if (message.kind === 'result' || message.kind === 'error') this.onLateAnswer?.();
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

  private serve(request: { id: MessageId; method: string; params: unknown }, bytes: number): void {
    if (this.unanswered.has(request.id)) this.violation();
    else if (request.method === 'ping') this.sandbox.write(line({ jsonrpc: '2.0', id: request.id, result: {} }));
    else if (!request.method.startsWith('host/')) this.refuse(request.id, METHOD_NOT_FOUND, 'host_service_unknown');
    else {
      this.meter(bytes);
      this.unanswered.add(request.id);
      this.waiting.push(request);
    }
    this.pump();
  }

  /** A request to a host service is not the run's output, as long as the run keeps within what it may ask. */
  private meter(bytes: number): void {
    this.used.hostCalls += 1;
    this.used.hostRequestBytes += bytes;
    const { hostCalls, hostRequestBytes } = this.used;
    if (hostCalls <= HOST_LIMITS.calls && hostRequestBytes <= HOST_LIMITS.requestBytes)
      this.outputBytes = Math.max(0, this.outputBytes - bytes);
  }

  /** Starts what may start, and reads nothing more from a plugin that asks faster than it takes its answers. */
  private pump(): void {
    if (this.over.signal.aborted) return;
    const isBehind = () => this.sandbox.unwrittenBytes > this.limits.messageBytes;
    while (this.inFlight < HOST_LIMITS.inFlight && !isBehind()) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      void this.callHost(next);
    }
    if (this.waiting.length > 0 || isBehind() || this.resting !== undefined) this.sandbox.pause();
    else this.sandbox.resume();
  }

  private async callHost(request: { id: MessageId; method: string; params: unknown }): Promise<void> {
    this.inFlight += 1;
    try {
      this.answerHost(request.id, await this.plan.hostServices(request.method, request.params, this.hostCall));
    } catch (error) {
      this.refuseHost(request.id, error);
    }
    this.inFlight -= 1;
    this.pump();
  }

  private answerHost(id: MessageId, result: unknown): void {
    const text = line({ jsonrpc: '2.0', id, result: result ?? null });
    if (!this.unanswered.delete(id)) return;
    const bytes = Buffer.byteLength(text);
    if (bytes > this.limits.messageBytes) this.refuse(id, HOST_SERVICE_ERROR, 'result_too_large');
    else {
      this.used.hostAnswerBytes += bytes;
      this.sandbox.write(text);
    }
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
