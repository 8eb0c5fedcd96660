import { basename, dirname, join } from 'node:path';
import { ConfigError, readJson } from '../limits/json-file.ts';
import type { BaselineIs } from '../model/baseline-is.ts';
import type { GitState } from '../model/history.ts';
import type { InputProblemId } from '../model/input-problem.ts';
import type { MetadataResult } from '../model/metadata.ts';
import { parseReport, type Report } from '../model/report.ts';
import { SCHEMA_VERSION } from '../model/schema-version.ts';
import { type RuntimeBlob, readRuntime } from '../runtime/blob.ts';
import { InputError } from '../runtime/input-error.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import type { ReadMetadata } from '../runtime/metadata/read-metadata.ts';
import { summarizeRuntime } from './runtime-summary.ts';

/** What a check compares with. */
export interface Baseline extends Pick<Report, 'runtime' | 'stats' | 'sizes'> {
  readonly is: BaselineIs;
  /** Absent: it was not requested, or the blob of a report is not beside it. */
  readonly metadataResult?: MetadataResult;
}

export interface NamedBaseline extends Baseline {
  /** As the user named it: a file, a commit, a branch or `previous`. */
  readonly name: string;
  /** Where the repository was when the baseline was checked, if it is a result of the history. */
  readonly git?: GitState;
}

export interface BaselineOptions {
  readonly is: BaselineIs;
  /** Bytes after decompression. */
  readonly bombLimit: number;
  readonly inspect: InspectBlob;
  /** Absent: the metadata is not needed. */
  readonly readMetadata?: ReadMetadata;
  readonly signal?: AbortSignal;
}

/**
 * Reads an earlier JSON report, or a blob in any container. A blob is inspected, not prepared, so its artifact and its times
 * are unknown. Rejects with `ConfigError`, or the signal's reason.
 */
export async function loadBaseline(path: string, options: BaselineOptions): Promise<NamedBaseline> {
  return theOnly(path, 'baseline', await loadBaselines(path, options));
}

/** Like `loadBaseline`, for a file that may have the reports of several runtimes. */
export async function loadBaselines(path: string, options: BaselineOptions): Promise<readonly NamedBaseline[]> {
  const read = await readBlobOrReports(path, 'baseline', options.signal);
  if (read.kind === 'reports') return Promise.all(read.reports.map((report) => ofReport(path, report, options)));
  return [await baselineOfBlob(read.blob, options)];
}

/** Rejects with the signal's reason. */
export async function baselineOfBlob(blob: RuntimeBlob, options: BaselineOptions): Promise<NamedBaseline> {
  const { is, bombLimit, inspect, signal } = options;
  const [facts, metadataResult] = await Promise.all([
    inspect(blob.stored, bombLimit, { sizes: { depth: 'crates' }, ...(signal && { signal }) }),
    metadataOf(blob, options),
  ]);
  const { sizes } = facts;
  return {
    ...{ is, name: blob.path, runtime: summarizeRuntime(blob, facts) },
    ...(sizes && { sizes }),
    ...(metadataResult && { metadataResult }),
  };
}

/** A report does not have the whole metadata. The blob that it is about does, where somebody kept it beside the report. */
async function ofReport(path: string, report: Report, options: BaselineOptions): Promise<NamedBaseline> {
  const { runtime, stats, sizes } = report;
  const blob = options.readMetadata && (await blobBeside(path, report, options.signal));
  const metadataResult = blob && (await metadataOf(blob, options));
  return {
    ...{ is: options.is, name: path, runtime },
    ...(stats && { stats }),
    ...(sizes && { sizes }),
    ...(metadataResult && { metadataResult }),
  };
}

async function blobBeside(
  path: string,
  { runtime }: Report,
  signal: AbortSignal | undefined,
): Promise<RuntimeBlob | undefined> {
  const file = join(dirname(path), basename(runtime.path.replaceAll('\\', '/')));
  try {
    const blob = await readRuntime(file, signal && { signal });
    return blob.codeHash === runtime.codeHash ? blob : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

async function metadataOf(
  { stored }: RuntimeBlob,
  { bombLimit, readMetadata, signal }: BaselineOptions,
): Promise<MetadataResult | undefined> {
  return readMetadata?.(stored, { bombLimit, ...(signal && { signal }) });
}

/** Finds the baseline of a runtime among several: by the path of its file, else by its name. Undefined when there is none. */
export function baselineFor(path: string, baselines: readonly NamedBaseline[]): NamedBaseline | undefined {
  const samePath = baselines.find(({ runtime }) => runtime.path === path);
  if (samePath !== undefined) return samePath;
  const [sameName, ...others] = baselines.filter(({ runtime }) => basename(runtime.path) === basename(path));
  return others.length === 0 ? sameName : undefined;
}

/** Reports of many runtimes, with their size trees. */
const MAX_REPORT_BYTES = 64 * 1024 * 1024;

/** JSON: the reader of reports says what is wrong with it. */
const mayBeReport: ReadonlySet<string> = new Set<InputProblemId>(['report', 'bad-chain-spec']);

export type BlobOrReport =
  | { readonly kind: 'blob'; readonly blob: RuntimeBlob }
  | { readonly kind: 'report'; readonly report: Report };

type BlobOrReports = Exclude<BlobOrReport, { readonly kind: 'report' }> | ReportList;

interface ReportList {
  readonly kind: 'reports';
  readonly reports: readonly Report[];
}

/** Rejects with `ConfigError`, or the signal's reason. @param what the file is for the user: `baseline` */
export async function readBlobOrReport(path: string, what: string, signal?: AbortSignal): Promise<BlobOrReport> {
  const read = await readBlobOrReports(path, what, signal);
  if (read.kind === 'blob') return read;
  return { kind: 'report', report: theOnly(path, what, read.reports) };
}

function theOnly<Item>(path: string, what: string, [item, ...others]: readonly Item[]): Item {
  if (item !== undefined && others.length === 0) return item;
  const count = others.length === 0 ? 'no report' : 'several reports';
  throw new ConfigError(`${path}: the ${what} file has ${count}; give a file with one.`);
}

/** `pvf prepare --json` prints an array for several files. */
async function readBlobOrReports(path: string, what: string, signal?: AbortSignal): Promise<BlobOrReports> {
  try {
    return { kind: 'blob', blob: await readRuntime(path, signal && { signal }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (mayBeReport.has(error.problem.id)) return { kind: 'reports', reports: await readReports(path, what) };
    throw new ConfigError(`The ${what} can't be read. ${error.message} ${error.remedy}`);
  }
}

async function readReports(path: string, what: string): Promise<readonly Report[]> {
  const value = await readJson(path, `${what} report`, MAX_REPORT_BYTES);
  // A file that was no runtime then has no report.
  const entries = Array.isArray(value) ? value.filter((entry) => !isProblem(entry)) : [value];
  return entries.map((entry: unknown) => {
    const parsed = parseReport(entry);
    if (parsed.kind === 'valid') return parsed.value;
    throw new ConfigError(
      `${path}: this is no report of schema version ${SCHEMA_VERSION}: ${parsed.problem}. \`pvf prepare --json\` writes one.`,
    );
  });
}

function isProblem(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'problem' in entry;
}
