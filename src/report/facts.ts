import { formatBytes, formatMillis, formatRatio, formatSeconds, groupDigits } from '../base/units.ts';
import { codeSourceText } from '../model/code-source.ts';
import { metadataChangeClasses } from '../model/metadata-change.ts';
import { changeClassWords, changeText } from '../model/metadata-change-text.ts';
import { isOldProfile, profileAge } from '../model/profile-summary.ts';
import type {
  ExecutorParamSummary,
  JobSummary,
  MetadataSummary,
  Report,
  RuntimeSummary,
  SecuritySummary,
  WorkerSummary,
} from '../model/report.ts';
import type { WorkerSource } from '../model/workers.ts';
import { wrappings } from '../model/wrapping.ts';
import { sizeLines } from './sizes.ts';

export type FactId =
  | 'outcome'
  | 'memory'
  | 'time'
  | 'code-hash'
  | 'compression'
  | 'container'
  | 'code'
  | 'module'
  | 'metadata'
  | 'changes'
  | 'sizes'
  | 'checksum'
  | 'job'
  | 'worker'
  | 'security'
  | 'profile';

/** A part of a report other than its figures: a label with one or more lines, for the text, the Markdown and the log. */
export interface Fact {
  readonly id: FactId;
  readonly label: string;
  readonly lines: readonly string[];
  /** A path, shown after the lines without breaks. */
  readonly path?: string;
  /** The text report shows it only with `--verbose`. */
  readonly isForBugReports?: boolean;
}

const SECTIONS_SHOWN = 4;
const CHANGES_SHOWN = 10;

/** In the order for reading. Leaves out unknown facts. */
export function factsOf(report: Report): Fact[] {
  const { runtime, metadata, stats, worker, security, job } = report;
  const isForBugReports = true;
  const facts: Fact[] = [
    { id: 'outcome', label: 'Outcome', lines: [outcomeText(report)] },
    { id: 'memory', label: 'Memory', lines: [memoryText(report)], isForBugReports },
    { id: 'time', label: 'Time', lines: [timeText(report)] },
    { id: 'code-hash', label: 'Code hash', lines: [runtime.codeHash] },
    { id: 'compression', label: 'Compression', lines: [compressionText(runtime)] },
    { id: 'container', label: 'Container', lines: [containerText(runtime)] },
    { id: 'code', label: 'Code', lines: [codeText(runtime)] },
    { id: 'module', label: 'Module', lines: moduleLines(runtime) },
    { id: 'sizes', label: 'Sizes', lines: report.sizes === undefined ? [] : sizeLines(report.sizes) },
    { id: 'metadata', label: 'Metadata', lines: metadataLines(metadata) },
    { id: 'changes', label: 'Changes', lines: changeLines(metadata?.changes) },
    {
      id: 'checksum',
      label: 'Checksum',
      lines: stats?.artifactChecksum === undefined ? [] : [`${stats.artifactChecksum} (artifact)`],
      isForBugReports,
    },
    { id: 'job', label: 'Job', lines: job === undefined ? [] : jobLines(job), isForBugReports },
    ...(worker === undefined ? [] : [workerFact(worker)]),
    { id: 'security', label: 'Security', lines: [securityText(security)], isForBugReports },
    {
      id: 'profile',
      label: 'Profile',
      lines: profileLines(report),
    },
  ];
  return facts
    .map((fact) => ({ ...fact, lines: fact.lines.filter((line) => line !== '') }))
    .filter(({ lines }) => lines.length > 0);
}

/** The age counts only when it is old: it would change each report. */
function profileLines({ limits, createdAt }: Report): string[] {
  const { profile, source, date, block, notes = [] } = limits;
  const at = Date.parse(createdAt);
  return [
    isOldProfile(date, at) ? `${profile}, ${date}: ${profileAge(date, at)}` : `${profile}, read on ${date}`,
    source,
    block === undefined ? '' : `relay block ${groupDigits(block.number)} (${block.hash})`,
    ...notes,
  ];
}

/** `hydradx 408`, or the file's name when the runtime version is unknown. */
export function runtimeName({ specName, specVersion, path }: RuntimeSummary): string {
  const name = specName ?? path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
  return specVersion === undefined ? name : `${name} ${specVersion}`;
}

function outcomeText({ outcome }: Report): string {
  if (outcome?.error === undefined) return '';
  return joined([outcome.kind, outcome.error.variant]);
}

function memoryText(report: Report): string {
  const { resident, allocated, maxRss } = report.stats?.memory ?? {};
  return joined([named('resident', resident), named('allocated', allocated), named('max RSS', maxRss)]);
}

function compressionText({ compression, storedBytes, rawBytes }: RuntimeSummary): string {
  if (compression === undefined) return '';
  if (compression.kind === 'none') return 'none';
  const { level, windowLog } = compression;
  return joined([
    'zstd',
    level === undefined ? '' : `level ${level}`,
    windowLog === undefined ? '' : `window ${windowText(windowLog)}`,
    rawBytes === undefined || rawBytes === 0 ? '' : `to ${formatRatio(storedBytes / rawBytes)} of the raw size`,
  ]);
}

function windowText(windowLog: number): string {
  return windowLog >= 20 ? `${2 ** (windowLog - 20)} MiB` : `${2 ** (windowLog - 10)} KiB`;
}

function containerText({ container, unwrapped, buildVariant }: RuntimeSummary): string {
  return joined([
    container,
    unwrapped === undefined ? '' : `taken out of ${unwrapped.map((wrapping) => wrappings[wrapping]).join(', ')}`,
    buildVariant === undefined ? '' : `the ${buildVariant} file of wasm-builder`,
  ]);
}

/** Which of the codes in a chain spec. */
function codeText({ codeAt }: RuntimeSummary): string {
  return codeAt === undefined ? '' : `${codeSourceText(codeAt)} (${codeAt})`;
}

function moduleLines({ functions, imports, exports, implVersion, sections }: RuntimeSummary): string[] {
  const largest = [...(sections ?? [])].sort((a, b) => b.bytes - a.bytes).slice(0, SECTIONS_SHOWN);
  return [
    joined([
      implVersion === undefined ? '' : `impl version ${implVersion}`,
      counted(functions, 'function'),
      counted(imports?.filter(({ kind }) => kind === 'function').length, 'import'),
      counted(exports?.length, 'export'),
    ]),
    joined(largest.map(({ name, bytes }) => `${name} ${formatBytes(bytes)}`)),
  ];
}

function metadataLines(metadata: MetadataSummary | undefined): string[] {
  if (metadata === undefined) return [];
  const { problem, version, pallets, runtimeApis, transactionExtensions, types, hash } = metadata;
  if (problem !== undefined || version === undefined) return [problem ?? ''];
  return [
    joined([
      `version ${version}`,
      counted(pallets?.length, 'pallet'),
      counted(sum(pallets?.map(({ calls }) => calls)), 'call'),
      counted(sum(pallets?.map(({ storage }) => storage)), 'storage item'),
      counted(runtimeApis?.length, 'runtime API'),
      counted(transactionExtensions?.length, 'transaction extension'),
      counted(types, 'type'),
    ]),
    hash?.computed === undefined
      ? ''
      : `hash ${hash.computed} ${hash.found.includes(hash.computed) ? 'compiled in' : 'not compiled in'}`,
  ];
}

/** The worst ones first. Compatible ones are counted alone. */
function changeLines(changes: MetadataSummary['changes']): string[] {
  if (changes === undefined) return [];
  if (changes.length === 0) return ['the metadata is the same as that of the baseline'];
  const worst = metadataChangeClasses
    .filter((kind) => kind !== 'compatible')
    .flatMap((kind) => changes.filter((change) => change.class === kind));
  const counts = metadataChangeClasses.flatMap((kind) => {
    const { length } = changes.filter((change) => change.class === kind);
    return length === 0 ? [] : [`${groupDigits(length)} ${changeClassWords[kind]}`];
  });
  const shown = worst.slice(0, CHANGES_SHOWN);
  const rest = worst.length - shown.length;
  return [
    `${counted(changes.length, 'change')} of the metadata: ${joined(counts)}`,
    ...shown.map((change) => `${changeText(change)}: ${changeClassWords[change.class]}`),
    rest > 0 ? `and ${counted(rest, 'more change')}` : '',
  ];
}

function sum(numbers: readonly number[] | undefined): number | undefined {
  return numbers?.reduce((total, number) => total + number, 0);
}

function timeText({ stats }: Report): string {
  // The job never reached a worker.
  if (stats === undefined || stats.wallTimeMs === 0) return '';
  const worker = stats.spawnMs === 0 ? 'the worker was warm' : `worker ready in ${formatMillis(stats.spawnMs)}`;
  return `${formatMillis(stats.wallTimeMs)} wall clock, ${worker}`;
}

function jobLines({ kind, prepTimeoutMs, bombLimit, executorParams }: JobSummary): string[] {
  const title = kind === 'precheck' ? 'pre-checking' : 'compilation';
  return [
    `${title}, prep timeout ${formatSeconds(prepTimeoutMs)} of CPU time, bomb limit ${formatBytes(bombLimit)}`,
    executorParams.length === 0 ? 'no executor params' : `executor params ${joined(executorParams.map(paramText))}`,
  ];
}

function paramText({ name, kind, value }: ExecutorParamSummary): string {
  return `${name}${kind === undefined ? '' : `(${kind})`}${value === undefined ? '' : `=${value}`}`;
}

const chosen: Record<WorkerSource, string> = {
  setting: 'chosen by the user',
  workspace: "found in the workspace's target folder",
  'beside-polkadot': 'found beside polkadot on PATH',
  path: 'found on PATH',
  system: 'installed by a system package',
  store: 'built by pvf workers build',
  'built-in': 'part of this tool',
};

/** `built-in 1.25.1`, `official 1.25.1` */
export function workerName({ kind, version }: Pick<WorkerSummary, 'kind' | 'version'>): string {
  const name = kind === 'portable' ? 'built-in' : kind;
  return version === undefined ? name : `${name} ${version}`;
}

function workerFact(worker: WorkerSummary): Fact {
  const { path, foundAt, wireRevision, engine, target } = worker;
  const line = joined([
    workerName(worker),
    wireRevision === undefined ? '' : `wire revision ${wireRevision}`,
    engine ?? '',
    foundAt === undefined ? '' : chosen[foundAt],
  ]);
  return { id: 'worker', label: 'Worker', lines: [line, targetText(target)], ...(path === undefined ? {} : { path }) };
}

function targetText(target: WorkerSummary['target']): string {
  if (target === undefined) return '';
  const cpu = target.cpu === 'this-machine' ? "this machine's CPU features" : `the CPU features of ${target.cpu}`;
  return `compiles for x86-64 Linux, with ${cpu} (${counted(target.features.length, 'feature')})`;
}

function securityText(security: SecuritySummary = {}): string {
  const { landlock, seccomp, changeRoot, secureClone } = security;
  const probes = { landlock, seccomp, 'change root': changeRoot, 'secure clone': secureClone };
  return joined(
    Object.entries(probes).map(([name, can]) => (can === undefined ? '' : `${name} ${can ? 'yes' : 'no'}`)),
  );
}

function named(name: string, bytes: number | undefined): string {
  return bytes === undefined ? '' : `${name} ${formatBytes(bytes)}`;
}

function counted(count: number | undefined, noun: string): string {
  if (count === undefined) return '';
  return `${groupDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
