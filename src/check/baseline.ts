import { ConfigError, readJsonObject } from '../limits/json-file.ts';
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
export interface Baseline extends Pick<Report, 'runtime' | 'stats'> {
  readonly is: BaselineIs;
  /** Absent: it was not requested, or the baseline is a report. */
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
  const read = await readBlobOrReport(path, 'baseline', options.signal);
  if (read.kind === 'blob') return baselineOfBlob(read.blob, options);
  const { runtime, stats } = read.report;
  return { is: options.is, name: path, runtime, ...(stats && { stats }) };
}

/** Rejects with the signal's reason. */
export async function baselineOfBlob(
  blob: RuntimeBlob,
  { is, bombLimit, inspect, readMetadata, signal }: BaselineOptions,
): Promise<NamedBaseline> {
  const [facts, metadataResult] = await Promise.all([
    inspect(blob.stored, bombLimit, signal && { signal }),
    readMetadata?.(blob.stored, { bombLimit, ...(signal && { signal }) }),
  ]);
  return { is, name: blob.path, runtime: summarizeRuntime(blob, facts), ...(metadataResult && { metadataResult }) };
}

/** JSON: the reader of reports says what is wrong with it. */
const mayBeReport: ReadonlySet<string> = new Set<InputProblemId>(['report', 'bad-chain-spec']);

export type BlobOrReport =
  | { readonly kind: 'blob'; readonly blob: RuntimeBlob }
  | { readonly kind: 'report'; readonly report: Report };

/** Rejects with `ConfigError`, or the signal's reason. @param what the file is for the user: `baseline` */
export async function readBlobOrReport(path: string, what: string, signal?: AbortSignal): Promise<BlobOrReport> {
  try {
    return { kind: 'blob', blob: await readRuntime(path, signal && { signal }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (mayBeReport.has(error.problem.id)) return { kind: 'report', report: await readReport(path, what) };
    throw new ConfigError(`The ${what} can't be read. ${error.message} ${error.remedy}`);
  }
}

async function readReport(path: string, what: string): Promise<Report> {
  const parsed = parseReport(await readJsonObject(path, `${what} report`));
  if (parsed.kind === 'valid') return parsed.value;
  throw new ConfigError(
    `${path}: this is no report of schema version ${SCHEMA_VERSION}: ${parsed.problem}. \`pvf prepare --json\` writes one.`,
  );
}
