import type { CheckProgress } from '../../../../src/check/check-progress.ts';
import { nextPace } from '../../../../src/check/pace.ts';
import type { CheckState, Runtime, Translate } from '../../../../src/editor/model.ts';
import type { Running } from '../../../../src/editor/views/status-text.ts';
import { previousReference } from '../../../../src/model/history.ts';
import { limitItem } from '../../../../src/model/limit-item.ts';
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
  return {
    activity: { kind: 'idle' },
    report,
    isCurrent: true,
    ...(previous && { previous, reference: previousReference(previous) }),
  };
}

/** A check that started four seconds ago. This progress is all that it reported. */
export function runningSince(progress: Partial<CheckProgress>, reportedMs = now - 4000): Running {
  const next = { phase: 'preparing' as const, startedMs: now - 4000, ...progress };
  return { kind: 'running', ...next, pace: nextPace(undefined, next, reportedMs) };
}

/** A preparation whose blob was inspected already. */
export function runningWith(interim: Report, report?: Report): CheckState {
  return { activity: { ...runningSince({}), interim }, isCurrent: false, ...(report && { report }) };
}

export function running(progress: Partial<CheckProgress> = {}, report?: Report): CheckState {
  return { activity: runningSince(progress), isCurrent: false, ...(report && { report }) };
}

/** The report with another stored size. */
export function withStored(report: Report, bytes: number): Report {
  const items = report.limits.items.flatMap((item) =>
    item.id === 'code-size' ? limitItem(item.id, bytes, item.limit) : item,
  );
  const runtimeSummary = { ...report.runtime, storedBytes: bytes, codeHash: `0x${bytes}` };
  return { ...report, runtime: runtimeSummary, limits: { ...report.limits, items } };
}
