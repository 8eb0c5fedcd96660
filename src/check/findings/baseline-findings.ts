import { formatBytes, formatRatio, formatSeconds, formatSecondsRoughly } from '../../base/units.ts';
import { ConfigError, readJsonObject } from '../../limits/json-file.ts';
import { type Finding, parseReport, type Report } from '../../model/report.ts';
import { SCHEMA_VERSION } from '../../model/schema-version.ts';

/** The members of an earlier report that growth is measured against. */
export type Baseline = Pick<Report, 'runtime' | 'stats' | 'createdAt'>;

/** From this growth on it is a warning. */
const NOTABLE = 0.05;

/** Reads an earlier JSON report. Rejects with `ConfigError`. */
export async function loadBaseline(path: string): Promise<Baseline> {
  const parsed = parseReport(await readJsonObject(path, 'baseline report'));
  if (parsed.kind === 'valid') return parsed.value;
  throw new ConfigError(
    `${path}: this is no report of schema version ${SCHEMA_VERSION}: ${parsed.problem}. \`pvf prepare --json\` writes one.`,
  );
}

/** What changed since the baseline. */
export function baselineFindings(baseline: Baseline, report: Pick<Report, 'runtime' | 'stats'>): Finding[] {
  const { runtime, stats } = report;
  const then = baseline.runtime;
  // Figures of the same code differ by the machine's mood alone.
  if (then.codeHash === runtime.codeHash) return [identicalCode];
  return [
    ...growth('stored-bytes', 'The blob as stored', then.storedBytes, runtime.storedBytes, formatBytes),
    ...growth('raw-bytes', 'The code after decompression', then.rawBytes, runtime.rawBytes, formatBytes),
    ...growth('artifact-bytes', 'The artifact', baseline.stats?.artifactBytes, stats?.artifactBytes, formatBytes),
    ...cpuTimeGrowth(baseline.stats, stats),
  ];
}

/** An estimate and a measurement differ by more than the code does. */
function cpuTimeGrowth(then: Report['stats'], now: Report['stats']): Finding[] {
  if (then?.cpuTimeIs !== now?.cpuTimeIs) return [];
  const format = (ms: number) =>
    now?.cpuTimeIs === 'estimated' ? `about ${formatSecondsRoughly(ms)}` : formatSeconds(ms);
  return growth('cpu-time', 'CPU time of the preparation', then?.cpuTimeMs, now?.cpuTimeMs, format);
}

const identicalCode: Finding = {
  id: 'identical-code',
  severity: 'information',
  message: 'The blob is the same as that of the baseline, byte for byte.',
  hint: 'An upgrade to the same code is refused by the relay chain, and may stall the parachain (cumulus issue 863).',
};

function growth(
  id: string,
  what: string,
  then: number | undefined,
  now: number | undefined,
  format: (value: number) => string,
): Finding[] {
  if (then === undefined || now === undefined || then <= 0 || then === now) return [];
  const share = (now - then) / then;
  const verb = share > 0 ? 'grew' : 'shrank';
  return [
    {
      id: `${verb === 'grew' ? 'growth' : 'shrinkage'}-${id}`,
      severity: share >= NOTABLE ? 'warning' : 'information',
      message: `${what} ${verb} by ${formatRatio(Math.abs(share))} since the baseline: ${format(then)} to ${format(now)}.`,
      data: { was: then, now },
    },
  ];
}
