/** Follows something for some time. */

/** What `follow` comes to, or null when it takes longer than `seconds`. Everything else that it throws passes. */
export async function followFor<T>(seconds: number, follow: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const signal = AbortSignal.timeout(seconds * 1000);
  try {
    return await follow(signal);
  } catch (error) {
    if (error === signal.reason) return null;
    throw error;
  }
}
