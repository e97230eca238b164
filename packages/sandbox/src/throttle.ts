/** A token bucket: how fast a plugin may write messages. It holds as many as a second may bring, and is full at the start. */
export class Throttle {
  private tokens: number;
  private at: number;

  /** `perSecond` must be more than 0. */
  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = perSecond;
    this.at = now();
  }

  /**
   * Takes one token, though there be none: what has been read has been read. Answers for how many milliseconds nothing
   * more should be read then, until what was taken too much has come back.
   */
  take(): number {
    const now = this.now();
    this.tokens = Math.min(this.perSecond, this.tokens + ((now - this.at) / 1000) * this.perSecond) - 1;
    this.at = now;
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens * 1000) / this.perSecond);
  }
}
