import { formatBytes, formatBytesRoughly, formatRatio, formatSeconds, formatSecondsRoughly } from '../base/units.ts';
import { isEstimate } from '../model/estimates.ts';
import type { LimitId, LimitItem, Report } from '../model/report.ts';

/** One number of a report, and the limit that it is held against, where there is one. The text, Markdown and JUnit views list these. */
export interface Figure {
  readonly label: string;
  /** A time is in milliseconds, the others in bytes. */
  readonly kind: 'time' | 'memory' | 'size';
  readonly used: number;
  readonly estimated: boolean;
  readonly item?: LimitItem;
}

interface Measure {
  readonly label: string;
  readonly kind: Figure['kind'];
  readonly limits: readonly LimitId[];
  readonly value: (report: Report) => number | undefined;
}

const measures: readonly Measure[] = [
  { label: 'CPU time', kind: 'time', limits: ['cpu-time', 'cpu-time-budget'], value: (r) => r.stats?.cpuTimeMs },
  {
    label: 'Peak memory',
    kind: 'memory',
    limits: ['memory', 'memory-budget'],
    value: (r) => r.stats?.memory?.peakTrackedAlloc,
  },
  {
    label: 'Stored size',
    kind: 'size',
    limits: ['code-size', 'stored-bytes-budget'],
    value: (r) => r.runtime.storedBytes,
  },
  {
    label: 'Raw size',
    kind: 'size',
    limits: ['raw-code-size', 'raw-bytes-budget'],
    value: (r) => r.runtime.rawBytes ?? r.stats?.observedCodeBytes,
  },
  { label: 'Artifact', kind: 'size', limits: ['artifact-bytes-budget'], value: (r) => r.stats?.artifactBytes },
];

/** In the order of `measures`; within one, the profile's limit stands before the budget. What is not known is left out. */
export function figuresOf(report: Report): Figure[] {
  return measures.flatMap((measure) => figuresOfMeasure(report, measure));
}

function figuresOfMeasure(report: Report, measure: Measure): Figure[] {
  const { kind, limits } = measure;
  const estimated = limits.some((id) => isEstimate(id, report.stats));
  const items = limits.flatMap((id) => report.limits.items.filter((item) => item.id === id));
  if (items.length > 0) {
    return items.map((item) => ({ label: limitLabel(item.id), kind, used: item.used, estimated, item }));
  }
  const used = measure.value(report);
  return used === undefined ? [] : [{ label: measure.label, kind, used, estimated }];
}

/** `Stored size`, `Stored size budget`. */
export function limitLabel(id: LimitId): string {
  return isBudget(id) ? `${measureLabel(id)} budget` : measureLabel(id);
}

function measureLabel(id: LimitId): string {
  return measures.find((measure) => measure.limits.includes(id))?.label ?? id;
}

export function isBudget(id: LimitId): boolean {
  return id.endsWith('-budget');
}

/** `14.21 MiB`, `23.11 s`, `about 35 s (estimated)`, `about 110 MiB (estimated)`. */
export function usedText(figure: Figure): string {
  const { kind, used, estimated } = figure;
  if (!estimated) return kind === 'time' ? formatSeconds(used) : formatBytes(used);
  return `about ${kind === 'time' ? formatSecondsRoughly(used) : formatBytesRoughly(used)} (estimated)`;
}

export function limitText(figure: Figure): string | undefined {
  if (figure.item === undefined) return undefined;
  return figure.kind === 'time' ? formatSeconds(figure.item.limit) : formatBytes(figure.item.limit);
}

export function ratioText(figure: Figure): string | undefined {
  if (figure.item === undefined) return undefined;
  const { ratio } = figure.item;
  return figure.estimated ? `~${Math.round(ratio * 100)} %` : formatRatio(ratio);
}

/** What is over the profile's limits, and what is over the budget, as in `stored size, CPU time`. */
export function overruns(report: Report): { readonly limits: string[]; readonly budgets: string[] } {
  const over = report.limits.items.filter((item) => item.level === 'over').map(({ id }) => id);
  return {
    limits: over.filter((id) => !isBudget(id)).map(measureName),
    budgets: over.filter(isBudget).map(measureName),
  };
}

function measureName(id: LimitId): string {
  const label = measureLabel(id);
  // CPU stays in capitals.
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/**
 * How much slower a validator may be: it rounds down, since a validator that is slower by more votes against the PVF.
 * Undefined where no CPU time is known, or where the time ran out, so that the time needed is not known.
 */
export function headRoom(report: Report): string | undefined {
  const item = report.limits.items.find(({ id }) => id === 'cpu-time');
  if (item === undefined || item.used <= 0 || report.outcome?.kind === 'timed-out') return undefined;
  const estimated = report.stats?.cpuTimeIs === 'estimated';
  const factor = item.limit / item.used;
  if (factor < 1)
    return `${estimated ? 'about ' : ''}${(Math.ceil(10 / factor) / 10).toFixed(1)}× what validators grant`;
  const slower = factor >= 10 ? `${Math.min(Math.floor(factor), 100)}` : (Math.floor(factor * 10) / 10).toFixed(1);
  if (slower === '1.0') return 'a validator only a little slower would time out';
  return estimated
    ? `a validator about ${slower}× slower would still pass`
    : `a validator ${slower}× slower still passes`;
}
