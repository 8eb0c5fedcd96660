import { isAbsolute, posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Artifact, Invocation, Location, Log, ReportingConfiguration, ReportingDescriptor, Result } from 'sarif';
import { type Grade, gradeOf } from '../model/grade.ts';
import { inputProblems, isProblem, isReport, type ProblemEntry, type ReportEntry } from '../model/input-problem.ts';
import type { Finding, Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule-info.ts';
import type { Severity } from '../model/severity.ts';
import { type SourcePlace, sourcePlaceOf, type TextPlace } from '../model/source-place.ts';
import { errorText, estimateNote, outcomeNote } from './conclusion.ts';
import { printable } from './terminal.ts';

type Level = ReportingConfiguration.level;

interface Item {
  readonly ruleId: string;
  /** In the sources. Absent: the blob is the place. */
  readonly place?: TextPlace;
  readonly level: Level;
  readonly message: string;
  readonly hint?: string;
  readonly properties?: NonNullable<Finding['data']>;
  readonly isAllowed?: boolean;
}

const levels: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/** The findings are results of their own, so only a vote against the blob or none at all adds one. */
const voteResults: Readonly<Record<Grade['vote'], { readonly ruleId: string; readonly level: Level } | undefined>> = {
  accept: undefined,
  reject: { ruleId: 'pvf/reject', level: 'error' },
  undecided: { ruleId: 'pvf/undecided', level: 'warning' },
  inspected: undefined,
};

/** The places that are known in the sources of a report's runtime. Undefined: its sources were not found. */
export type PlacesOf = (report: Report) => ReadonlyMap<SourcePlace, TextPlace> | undefined;

type RuleText = Pick<RuleInfo, 'title' | 'docs'>;

/** The vote is not a finding of a rule, so its texts are here. */
const voteTexts: Readonly<Record<string, RuleText>> = {
  'pvf/reject': {
    title: 'Validators would vote against this runtime blob in pre-checking.',
    docs: 'Validators prepare a blob before they vote on it, and vote against it on every error (polkadot PR 6492). A runtime upgrade to this blob would not be enacted. The finding about the outcome explains the error.',
  },
  'pvf/undecided': {
    title: 'The vote of validators on this runtime blob is unknown.',
    docs: 'The check failed for a reason that says nothing about the blob. Fix the cause in the message and check again.',
  },
};

/**
 * SARIF 2.1.0 (OASIS), one run for all entries. Rule ids are `pvf/<id of the finding or problem>`, `pvf/reject` and `pvf/undecided`.
 * @param rules titles and docs of the findings. The id describes a finding without a rule.
 * @param placesOf a finding with a place in the sources points there, and names the blob as related
 */
export function formatSarif(
  entries: readonly ReportEntry[],
  rules: readonly RuleInfo[],
  placesOf: PlacesOf = () => undefined,
): string {
  const items = entries.map((entry) =>
    isProblem(entry) ? [problemItem(entry)] : itemsOf(entry, rules, localPlaces(placesOf(entry))),
  );
  const reports = entries.filter(isReport);
  const descriptors = descriptorsOf(items.flat(), rules);
  const ruleIds = descriptors.map(({ id }) => id);
  const tool = entries[0]?.tool;
  const artifacts = entries.map(toArtifact);
  // The schema allows no file twice.
  const keys = artifacts.map((artifact) => JSON.stringify(artifact));
  const unique = [...new Set(keys)];
  const indexOf = (at: number) => unique.indexOf(keys[at] ?? '');
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool?.name ?? 'polkadot-pvf', version: tool?.version, rules: descriptors } },
        invocations: [
          {
            // A file that is no runtime has a result: the tool did what it could with it.
            executionSuccessful: reports.every(({ conclusion }) => conclusion.status !== 'undecided'),
            ...notifications(reports),
          },
        ],
        artifacts: artifacts.filter((_, at) => keys.indexOf(keys[at] ?? '') === at),
        results: entries.flatMap((entry, at) => resultsOf(entry, indexOf(at), items[at] ?? [], ruleIds)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Notes about the whole run: figures are estimates. */
function notifications(reports: readonly Report[]): Pick<Invocation, 'toolExecutionNotifications'> {
  const notes = new Set(reports.map(estimateNote).filter((note) => note !== undefined));
  if (notes.size === 0) return {};
  return { toolExecutionNotifications: [...notes].map((text) => ({ level: 'note', message: { text } })) };
}

type Places = ReadonlyMap<SourcePlace, TextPlace>;

/** Code scanning shows only files of the repository. */
function localPlaces(places: Places = new Map()): Places {
  return new Map([...places].filter(([, { path }]) => artifactLocation(path).uriBaseId !== undefined));
}

function itemsOf(report: Report, rules: readonly RuleInfo[], places: Places): Item[] {
  const placeOf = (id: string): Pick<Item, 'place'> => {
    const rule = rules.find((one) => one.id === id);
    const place = places.get(sourcePlaceOf(report, rule));
    return place === undefined ? {} : { place };
  };
  const findings = report.findings.map(({ id, severity, message, hint, data, allowed }) => ({
    ruleId: `pvf/${id}`,
    level: levels[severity],
    message,
    ...placeOf(id),
    ...(hint === undefined ? {} : { hint }),
    ...(data === undefined ? {} : { properties: data }),
    ...(allowed && { isAllowed: true }),
  }));
  return [...voteItems(report, places.get('manifest')), ...findings];
}

function problemItem({ problem }: ProblemEntry): Item {
  const { id, message, remedy } = problem;
  return { ruleId: `pvf/${id}`, level: 'error', message, hint: remedy };
}

/** Titles of problems stand in for docs. A problem may have the id of a finding. */
function problemText(ruleId: string): RuleText | undefined {
  const titles: Readonly<Record<string, string>> = inputProblems;
  const title = titles[ruleId.replace(/^pvf\//, '')];
  return title === undefined ? undefined : { title, docs: `${title} It is no runtime that could be checked.` };
}

function voteItems(report: Report, manifest: TextPlace | undefined): Item[] {
  const result = voteResults[gradeOf(report).vote];
  if (result === undefined) return [];
  const lines = [report.conclusion.reason, errorText(report), outcomeNote(report)].filter((line) => line !== undefined);
  // A failure of this machine has no place in the sources.
  const place = manifest === undefined || report.vote === 'undecided' ? {} : { place: manifest };
  return [{ ...result, ...place, message: lines.join('\n') }];
}

/**
 * The rules that have a result. GitHub's code scanning requires the full description and the help text. There is no
 * `helpUri`, because the docs have no address yet.
 */
function descriptorsOf(items: readonly Item[], rules: readonly RuleInfo[]): ReportingDescriptor[] {
  const ids = [...new Set(items.map(({ ruleId }) => ruleId))].sort();
  return ids.map((ruleId) => {
    const own = items.filter((item) => item.ruleId === ruleId);
    const rule = rules.find(({ id }) => `pvf/${id}` === ruleId);
    const known = rule ?? voteTexts[ruleId] ?? problemText(ruleId);
    const title = known?.title ?? titleFromId(ruleId);
    const level = rule ? levels[rule.severity] : (own[0]?.level ?? 'warning');
    return {
      id: ruleId,
      shortDescription: { text: title },
      fullDescription: { text: title },
      help: known
        ? { text: known.docs, markdown: known.docs }
        : { text: own.find(({ hint }) => hint !== undefined)?.hint ?? title },
      defaultConfiguration: { level },
    };
  });
}

/** For a report of a version with other rules. */
function titleFromId(ruleId: string): string {
  const words = ruleId.replace(/^pvf\//, '').replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function toArtifact(entry: ReportEntry): Artifact {
  if (isProblem(entry)) return { location: artifactLocation(entry.path) };
  const { runtime } = entry;
  return {
    location: artifactLocation(runtime.path),
    length: runtime.storedBytes,
    hashes: { 'blake2b-256': runtime.codeHash.replace(/^0x/, '') },
  };
}

function resultsOf(entry: ReportEntry, index: number, items: readonly Item[], ruleIds: readonly string[]): Result[] {
  const path = isProblem(entry) ? entry.path : entry.runtime.path;
  const specName = isProblem(entry) ? undefined : entry.runtime.specName;
  // A wasm file has no lines, but GitHub's code scanning rejects results without one (microsoft/binskim#509).
  const blob = {
    physicalLocation: { artifactLocation: { ...artifactLocation(path), index }, region: { startLine: 1 } },
  };
  return items.map(({ ruleId, level, message, hint, properties, isAllowed, place }, at) => ({
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level,
    message: { text: printable(hint === undefined ? message : `${message}\n${hint}`) },
    locations: [place === undefined ? blob : sourceLocation(place)],
    ...(place !== undefined && { relatedLocations: [{ id: 1, message: { text: 'The runtime blob' }, ...blob }] }),
    // Otherwise GitHub would hash the file's first line, and each build would open a new alert.
    partialFingerprints: {
      primaryLocationLineHash: `${ruleId}/${printable(specName ?? '')}:${ordinal(items, at)}`,
    },
    ...(properties === undefined ? {} : { properties }),
    ...(isAllowed && { suppressions: [{ kind: 'external', justification: 'Allowed by --allow or pvf.allow.' }] }),
  }));
}

/** SARIF counts from 1. */
function sourceLocation({ path, line, column, length }: TextPlace): Location {
  const start = { startLine: line + 1, startColumn: column + 1 };
  const region = length === 0 ? { startLine: line + 1 } : { ...start, endColumn: column + length + 1 };
  return { physicalLocation: { artifactLocation: artifactLocation(path), region } };
}

/** 1 for the first item of its rule, 2 for the second, and so on. */
function ordinal(items: readonly Item[], at: number): number {
  return items.slice(0, at + 1).filter(({ ruleId }) => ruleId === items[at]?.ruleId).length;
}

/** Relative to the working directory if the file is inside it, as code scanning requires, else a `file:` URI. */
function artifactLocation(path: string): { readonly uri: string; readonly uriBaseId?: string } {
  const local = isAbsolute(path) ? relative(process.cwd(), path) : path;
  if (isAbsolute(path) && (isAbsolute(local) || local.split(sep)[0] === '..')) return { uri: pathToFileURL(path).href };
  // A lone surrogate can't be encoded in a URI.
  const normal = posix.normalize(local.replaceAll(sep, '/').replace(/\p{Cs}/gu, '\ufffd'));
  const uri = normal.split('/').map(encodeURIComponent).join('/');
  return uri.startsWith('../') ? { uri } : { uri, uriBaseId: '%SRCROOT%' };
}
