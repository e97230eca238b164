/**
 * A sandbox that speaks: its bytes become messages, which go to the exchange that is under way. Between exchanges a
 * plugin has no business to do anything, and one that does is soiled.
 */
import type { Limits } from '@paddock/contracts';
import { Exchange, type ExchangePlan } from './exchange.js';
import { FrameDecoder, LineSplitter, STDOUT } from './frames.js';
import { readMessage } from './messages.js';
import { MAX_LINE_BYTES } from './runLog.js';
import type { Sandbox } from './sandbox.js';

/** What a plugin may write between two runs; late log lines are normal. */
const MAX_IDLE_OUTPUT = 64 * 1024;
/** CPU time that a plugin may use between two runs: a garbage collection and timers, but no work of its own. */
const IDLE_CPU_US = 200_000;
const IDLE_CPU_SHARE = 0.02;

export class Session {
  /** Whether the plugin has answered `initialize`. */
  initialized = false;
  /** Called once when the plugin misbehaves, or ends, while no exchange is under way. */
  onSoiled: (() => void) | undefined;
  private exchange: Exchange | undefined;
  private soiled = false;
  private idleOutput = 0;
  private idleSince = { ms: 0, cpuUs: 0 };
  private lastId = 0;

  constructor(
    readonly sandbox: Sandbox,
    private readonly limits: Limits,
  ) {
    const stdout = new LineSplitter(limits.messageBytes, 'refuse', (line) => this.stdoutLine(line));
    const stderr = new LineSplitter(MAX_LINE_BYTES, 'cut', (line) => this.stderrLine(line));
    const frames = new FrameDecoder((stream, bytes) => {
      if (!this.mayWrite(bytes.length)) return;
      if (stream === STDOUT) {
        if (!stdout.push(bytes)) this.misbehaved();
      } else if (this.exchange?.isLogFull === false) stderr.push(bytes);
    });
    sandbox.listen({
      data: (chunk) => {
        try {
          frames.push(chunk);
        } catch (cause) {
          this.soil();
          this.exchange?.end({ kind: 'platform', cause });
        }
      },
      drain: () => this.exchange?.drained(),
      ended: () => {
        stderr.end();
        this.soil();
        this.exchange?.end({ kind: 'exited' });
      },
    });
  }

  /** Whether the sandbox must not be used again. */
  get isSoiled(): boolean {
    return this.soiled;
  }

  /** Begins a conversation, which has so many milliseconds; the former one must have been closed. */
  open(plan: ExchangePlan, deadlineMs: number): Exchange {
    this.exchange = new Exchange(this.sandbox, this.limits, plan, deadlineMs, () => ++this.lastId);
    return this.exchange;
  }

  /** Ends the conversation: from now on the plugin is to be quiet. */
  close(): void {
    this.exchange?.close();
    this.exchange = undefined;
    this.idleOutput = 0;
    this.idleSince = { ms: performance.now(), cpuUs: this.sandbox.cgroup.cpuUs() };
  }

  /** Whether the plugin has worked on its own account since the last conversation: nobody would be billed for it. */
  hasWorkedIdly(): boolean {
    const used = this.sandbox.cgroup.cpuUs() - this.idleSince.cpuUs;
    return used > IDLE_CPU_US + (performance.now() - this.idleSince.ms) * 1000 * IDLE_CPU_SHARE;
  }

  /** @returns whether another line would be heard: a plugin that is about to be killed must not keep us at it. */
  private stdoutLine(line: Buffer): boolean {
    if (this.isDeaf) return false;
    const message = readMessage(line);
    if (message === undefined) this.soil();
    if (this.exchange) this.exchange.receive(message, line.length);
    else if (message?.kind !== 'notification') this.soil();
    return !this.isDeaf;
  }

  private get isDeaf(): boolean {
    return this.soiled || this.exchange?.isDeaf === true;
  }

  private stderrLine(line: Buffer): boolean {
    this.exchange?.stderr(line);
    return this.exchange?.isLogFull === false;
  }

  private mayWrite(bytes: number): boolean {
    if (this.exchange) return this.exchange.count(bytes);
    this.idleOutput += bytes;
    if (this.idleOutput > MAX_IDLE_OUTPUT) this.soil();
    return this.idleOutput <= MAX_IDLE_OUTPUT;
  }

  private misbehaved(): void {
    if (this.exchange) this.exchange.violation();
    else this.soil();
  }

  private soil(): void {
    if (this.soiled) return;
    this.soiled = true;
    if (!this.exchange) this.onSoiled?.();
  }
}
