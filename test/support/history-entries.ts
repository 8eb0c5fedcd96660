import type { HistoryEntry } from '../../src/model/history.ts';

/** A code hash for a number. */
export function hashOf(number: number): string {
  return `0x${number.toString(16).padStart(64, '0')}`;
}

/** The result of a build. Later numbers are later builds. */
export function entryNumber(number: number, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    at: new Date(Date.UTC(2026, 10, 1) + number * 60_000).toISOString(),
    runtime: {
      path: 'my_runtime.compact.compressed.wasm',
      container: 'compressed-wasm',
      storedBytes: 1_000_000 + number,
      rawBytes: 4_000_000 + number,
      codeHash: hashOf(number),
    },
    worker: { kind: 'official', version: '1.25.1' },
    toolVersion: '0.1.0',
    profile: 'relay-3mib',
    vote: 'accept',
    conclusion: 'pass',
    findings: [],
    ...changes,
  };
}
