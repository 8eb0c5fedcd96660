/** Puts the JSON reports of several runs into one list, in the order that one run would have given them. */
import { cacheKey } from '../base/cache-key.ts';
import { ConfigError, readJson } from '../limits/json-file.ts';
import { isProblem, type ProblemEntry, type ReportEntry } from '../model/input-problem.ts';
import { parseReport, type ShardSummary } from '../model/report.ts';
import { parseProblemEntry } from '../model/report-problem.ts';
import { SCHEMA_VERSION } from '../model/schema-version.ts';

/** An entry, and the file that it is from. */
export interface FiledEntry {
  readonly file: string;
  readonly entry: ReportEntry;
}

export interface Merged {
  readonly entries: readonly ReportEntry[];
  /** Entries that another file has too, one clause each. */
  readonly removed: readonly string[];
}

/** With all its code, a report has some MB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Reads one JSON report or an array of them. Rejects with `ConfigError`. */
export async function readEntries(file: string): Promise<readonly FiledEntry[]> {
  const value = await readJson(file, 'report', MAX_BYTES);
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map((one, at) => ({
    file,
    entry: parseEntry(one, Array.isArray(value) ? `${file}, entry ${at + 1}` : file),
  }));
}

function parseEntry(value: unknown, where: string): ReportEntry {
  const isOfProblem = typeof value === 'object' && value !== null && 'problem' in value;
  const parsed = isOfProblem ? parseProblemEntry(value) : parseReport(value);
  if (parsed.kind === 'valid') return parsed.value;
  throw new ConfigError(
    `${where}: this is no report of schema version ${SCHEMA_VERSION}: ${parsed.problem}. \`pvf prepare --json\` and \`pvf chain --json\` write reports.`,
  );
}

/**
 * The parts of a list come first, in the order of the list, and then all others, in the order of the files. A missing part gets
 * an entry of its own. Throws `ConfigError` when two files disagree about the same runtime.
 * @param tool for the entries of missing parts
 */
export function mergeEntries(given: readonly FiledEntry[], tool: ProblemEntry['tool']): Merged {
  const { entries, removed } = withoutDuplicates(given);
  const ids = new Set(entries.flatMap(({ shard }) => shard?.list ?? []));
  const lists = [...ids].flatMap((id) =>
    wholeList(
      entries.filter(({ shard }) => shard?.list === id),
      tool,
    ),
  );
  return { entries: [...lists, ...entries.filter(({ shard }) => shard === undefined)], removed };
}

/** Files of the same run on the same machine, or of two machines that checked the same part. */
function withoutDuplicates(given: readonly FiledEntry[]): Merged {
  const known = new Map<string, FiledEntry>();
  const removed: string[] = [];
  const entries: ReportEntry[] = [];
  for (const { file, entry } of given) {
    const key = identityOf(entry);
    const before = known.get(key);
    // Within a file, two workers may be of one version.
    if (before === undefined || before.file === file) {
      known.set(key, { file, entry });
      entries.push(entry);
    } else if (verdictOf(before.entry) === verdictOf(entry)) {
      removed.push(`${nameOf(entry)} is in ${before.file} and in ${file}`);
    } else {
      throw new ConfigError(
        `${before.file} and ${file} disagree about ${nameOf(entry)}: ${statusOf(before.entry)} and ${statusOf(entry)}. Leave one of them out.`,
      );
    }
  }
  return { entries, removed };
}

function identityOf(entry: ReportEntry): string {
  const { shard } = entry;
  if (shard !== undefined) return cacheKey(shard.list, shard.position);
  if (isProblem(entry)) return cacheKey(entry.path);
  const { runtime, worker, job, limits, para } = entry;
  const { kind, path, version } = worker ?? {};
  return cacheKey(
    runtime.path,
    runtime.codeAt,
    runtime.codeHash,
    kind,
    path,
    version,
    job,
    limits.profile,
    para?.relayChain,
  );
}

/** What two runs of the same check have in common. */
function verdictOf(entry: ReportEntry): string {
  if (isProblem(entry)) return cacheKey(entry.problem.id);
  const { runtime, vote, conclusion } = entry;
  return cacheKey(runtime.codeHash, vote, conclusion.status);
}

function statusOf(entry: ReportEntry): string {
  return isProblem(entry) ? entry.problem.id : entry.conclusion.status;
}

function nameOf(entry: ReportEntry): string {
  return isProblem(entry) ? entry.path : entry.runtime.path;
}

/** The entries of one list in its order, as one run would have written them, and what is missing of it. */
function wholeList(entries: readonly ReportEntry[], tool: ProblemEntry['tool']): readonly ReportEntry[] {
  const placed = [...entries].sort((a, b) => (a.shard?.position ?? 0) - (b.shard?.position ?? 0));
  const [first] = placed.flatMap(({ shard }) => shard ?? []);
  const whole = placed.map(({ shard: _, ...entry }): ReportEntry => entry);
  return first === undefined ? whole : [...whole, ...missingParts(first, placed, tool)];
}

function missingParts(
  { count, total }: ShardSummary,
  entries: readonly ReportEntry[],
  { name, version }: ProblemEntry['tool'],
): ProblemEntry[] {
  const there = new Set(entries.map(({ shard }) => shard?.position));
  const missing = total - there.size;
  if (missing <= 0) return [];
  const known = new Set(entries.map(({ shard }) => shard?.index));
  const absent = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !known.has(index));
  const parts = absent.map((index) => `${index}/${count}`).join(', ');
  return [
    {
      schemaVersion: SCHEMA_VERSION,
      tool: { name, version },
      createdAt: new Date().toISOString(),
      path: parts === '' ? `a part of ${count}` : `part${absent.length === 1 ? '' : 's'} ${parts}`,
      problem: {
        id: 'missing-shard',
        message: `${missing} of the ${total} entries of the list are missing, so the whole is undecided.`,
        remedy:
          'Add the reports of all parts. Each must check the same list: the same files, or the codes of a chain that has not changed in between.',
      },
    },
  ];
}
