import { formatBytes, formatMillis } from '../../../base/units.ts';
import type { Report } from '../../../model/report.ts';
import { workerName } from '../../../report/facts.ts';
import type { BlobFile, CheckState, Runtime, Translate } from '../../model.ts';
import { ageText, variantText } from '../labels.ts';
import { fact, group, type TreeNode } from './node.ts';

/** What a bug report needs, and the files. Closed at first. */
export function detailsGroup(
  at: string,
  runtime: Runtime,
  { report, isCurrent }: Pick<CheckState, 'report' | 'isCurrent'>,
  nowMs: number,
  t: Translate,
): TreeNode[] {
  const nodes = [
    ...(report === undefined ? [] : reportDetails(at, report, t)),
    ...filesGroup(`${at}/files`, runtime, report !== undefined && isCurrent, nowMs, t),
  ];
  return group(at, t('Details'), 'list-unordered', nodes, t('The worker, the files, and what a bug report needs.'));
}

function reportDetails(at: string, report: Report, t: Translate): TreeNode[] {
  const { worker, stats } = report;
  const { resident, allocated, maxRss } = stats?.memory ?? {};
  const rows: readonly (readonly [id: string, label: string, value: string | undefined, about: string])[] = [
    ['revision', t('Wire revision'), worker?.wireRevision, t('The protocol that the worker speaks.')],
    ['engine', t('Engine'), worker?.engine, t('The compiler inside the worker.')],
    ['path', t('Worker path'), worker?.path, t('The file of the worker.')],
    ['spawn', t('Worker start-up'), startUpText(stats, t), t('The time until the worker was ready.')],
    ['wall', t('Wall clock'), millis(stats?.wallTimeMs), t('The time of the preparation on this machine.')],
    ['resident', t('Resident'), size(resident), t('The memory of the worker that was in RAM.')],
    ['allocated', t('Allocated'), size(allocated), t('The memory that the allocator of the worker held.')],
    ['max-rss', t('Max RSS'), size(maxRss), t('The most memory of the worker that was in RAM.')],
  ];
  return [
    ...workerNode(`${at}/worker`, report, t),
    ...rows.flatMap(([id, label, value, about]) =>
      value === undefined ? [] : [fact(`${at}/${id}`, label, value, about)],
    ),
  ];
}

function workerNode(at: string, { worker }: Report, t: Translate): TreeNode[] {
  if (worker === undefined) return [];
  const about = t('The prepare worker that made the report. The menu has commands to select or build another one.');
  return [fact(at, t('Worker'), workerName(worker), about, { icon: { id: 'server-process' }, context: 'worker' })];
}

function startUpText(stats: Report['stats'], t: Translate): string | undefined {
  return stats?.spawnMs === 0 ? t('0 ms (already running)') : millis(stats?.spawnMs);
}

function millis(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : formatMillis(ms);
}

function size(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : formatBytes(bytes);
}

/** @param hasFigures the figures already have the size of the blob */
function filesGroup(
  at: string,
  { blob, others }: Runtime,
  hasFigures: boolean,
  nowMs: number,
  t: Translate,
): TreeNode[] {
  const nodes = [blob, ...others].map((file, index) => {
    const age = ageText(file.modifiedMs, nowMs, t);
    const isBlob = index === 0;
    const value = isBlob && hasFigures ? age : `${formatBytes(file.bytes)} · ${age}`;
    return fact(`${at}/${index}`, variantText(file.variant, t), value, fileAbout(file, isBlob, t), {
      icon: { id: isBlob ? 'target' : 'file-binary' },
    });
  });
  return group(at, t('Files'), 'files', nodes, t('The files that wasm-builder wrote.'));
}

function fileAbout({ path }: BlobFile, isBlob: boolean, t: Translate): string {
  return isBlob ? `${t('The file to register. It is the one that is checked.')}\n${path}` : path;
}
