/** A bucket of tokens, as the vendor describes it: so many a second, and twice as many at once. */
export function rateLimit(perSecond: number): () => boolean {
  const burst = perSecond * 2;
  let tokens = burst;
  let at = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - at) * perSecond) / 1_000);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
