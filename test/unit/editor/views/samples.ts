import type { CheckState, Runtime, Translate } from '../../../../src/editor/model.ts';
import type { Report } from '../../../../src/model/report.ts';

/** Formats English texts like VS Code. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));

export const now = Date.parse('2026-11-24T00:00:00.000Z');

export const runtime: Runtime = {
  id: '/home/me/chain/target/release/wbuild/hydradx-runtime/hydradx_runtime',
  name: 'hydradx-runtime',
  workspaceFolder: '/home/me/chain',
  profile: 'release',
  manifestPath: '/home/me/chain/runtime/Cargo.toml',
  blob: {
    path: '/home/me/chain/target/release/wbuild/hydradx-runtime/hydradx_runtime.compact.compressed.wasm',
    variant: 'compressed',
    bytes: 3_135_113,
    modifiedMs: now - 3 * 60_000,
    changedMs: now - 3 * 60_000,
    inode: '1:1',
  },
  others: [],
};

export function checked(report: Report, previous?: Report): CheckState {
  return { activity: { kind: 'idle' }, report, isCurrent: true, ...(previous && { previous }) };
}

export function running(
  progress: { done?: number; total?: number; expectedMs?: number } = {},
  report?: Report,
): CheckState {
  const activity = { kind: 'running', phase: 'preparing', startedMs: now - 4000, ...progress } as const;
  return { activity, isCurrent: false, ...(report && { report }) };
}

/** The report with another stored size. */
export function withStored(report: Report, bytes: number): Report {
  const items = report.limits.items.map((item) =>
    item.id === 'code-size' ? { ...item, used: bytes, ratio: bytes / item.limit } : item,
  );
  const runtimeSummary = { ...report.runtime, storedBytes: bytes, codeHash: `0x${bytes}` };
  return { ...report, runtime: runtimeSummary, limits: { ...report.limits, items } };
}
