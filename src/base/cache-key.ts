import { createHash } from 'node:crypto';

/** SHA-256 of the JSON of all parts, 64 hex digits. Takes `bigint`s too. The order of members counts. */
export function cacheKey(...parts: readonly unknown[]): string {
  const text = JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return createHash('sha256').update(text).digest('hex');
}
