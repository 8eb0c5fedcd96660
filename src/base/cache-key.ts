import { createHash } from 'node:crypto';

/** SHA-256 of all parts as JSON, in 64 hex digits. Supports `bigint`. The order of members matters. */
export function cacheKey(...parts: readonly unknown[]): string {
  const text = JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return createHash('sha256').update(text).digest('hex');
}
