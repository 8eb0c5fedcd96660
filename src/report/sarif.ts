import { isAbsolute, posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Artifact, Invocation, Log, ReportingConfiguration, ReportingDescriptor, Result } from 'sarif';
import { type Grade, gradeOf } from '../model/grade.ts';
import type { Finding, Report } from '../model/report.ts';
import type { Severity } from '../model/severity.ts';
import { printable } from './terminal.ts';
import { errorText, estimateNote, outcomeNote } from './verdict.ts';

type Level = ReportingConfiguration.level;

interface Item {
  readonly ruleId: string;
  readonly level: Level;
  readonly message: string;
  readonly hint?: string;
  readonly properties?: NonNullable<Finding['data']>;
}

const levels: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/** The result of a verdict; an accepted blob has none. */
const verdictResults: Readonly<Record<Grade['vote'], { readonly ruleId: string; readonly level: Level } | undefined>> =
  {
    accept: undefined,
    reject: { ruleId: 'pvf/reject', level: 'error' },
    undecided: { ruleId: 'pvf/undecided', level: 'warning' },
    inspected: { ruleId: 'pvf/undecided', level: 'note' },
  };

const verdictRules: Readonly<Record<string, string>> = {
  'pvf/reject': 'Validators would vote against this runtime blob in pre-checking.',
  'pvf/undecided': 'How validators would vote on this runtime blob is not known.',
};

/**
 * SARIF 2.1.0 (OASIS), one run for all reports. A rule is a finding's id after `pvf/`, or `pvf/reject` and `pvf/undecided`.
 */
export function formatSarif(reports: readonly Report[]): string {
  const items = reports.map(itemsOf);
  const rules = rulesOf(items.flat());
  const ruleIds = rules.map(({ id }) => id);
  const tool = reports[0]?.tool;
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool?.name ?? 'polkadot-pvf', version: tool?.version, rules } },
        invocations: [
          {
            executionSuccessful: reports.every((report) => gradeOf(report).vote !== 'undecided'),
            ...notifications(reports),
          },
        ],
        artifacts: reports.map(toArtifact),
        results: reports.flatMap((report, at) => resultsOf(report, at, items[at] ?? [], ruleIds)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** What concerns the whole run: that figures are estimates. */
function notifications(reports: readonly Report[]): Pick<Invocation, 'toolExecutionNotifications'> {
  const notes = new Set(reports.map(estimateNote).filter((note) => note !== undefined));
  if (notes.size === 0) return {};
  return { toolExecutionNotifications: [...notes].map((text) => ({ level: 'note', message: { text } })) };
}

function itemsOf(report: Report): Item[] {
  const findings = report.findings.map(({ id, severity, message, hint, data }) => ({
    ruleId: `pvf/${id}`,
    level: levels[severity],
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(data === undefined ? {} : { properties: data }),
  }));
  return [...verdictItems(report), ...findings];
}

function verdictItems(report: Report): Item[] {
  const result = verdictResults[gradeOf(report).vote];
  if (result === undefined) return [];
  const lines = [report.verdict.reason, errorText(report), outcomeNote(report)].filter((line) => line !== undefined);
  return [{ ...result, message: lines.join('\n') }];
}

/** GitHub's code scanning asks for the full description and the help text too. */
function rulesOf(items: readonly Item[]): ReportingDescriptor[] {
  const ids = [...new Set(items.map(({ ruleId }) => ruleId))].sort();
  return ids.map((id) => {
    const own = items.filter(({ ruleId }) => ruleId === id);
    const words = id.replace(/^pvf\//, '').replaceAll('-', ' ');
    const text = verdictRules[id] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
    return {
      id,
      shortDescription: { text },
      fullDescription: { text },
      help: { text: own.find(({ hint }) => hint !== undefined)?.hint ?? text },
      defaultConfiguration: { level: own[0]?.level ?? 'warning' },
    };
  });
}

function toArtifact({ runtime }: Report): Artifact {
  return {
    location: artifactLocation(runtime.path),
    length: runtime.storedBytes,
    hashes: { 'blake2b-256': runtime.codeHash.replace(/^0x/, '') },
  };
}

function resultsOf(report: Report, index: number, items: readonly Item[], ruleIds: readonly string[]): Result[] {
  const { runtime } = report;
  const artifact = { ...artifactLocation(runtime.path), index };
  return items.map(({ ruleId, level, message, hint, properties }, at) => ({
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level,
    message: { text: printable(hint === undefined ? message : `${message}\n${hint}`) },
    // A wasm file has no lines, but GitHub's code scanning takes no result without one (microsoft/binskim#509).
    locations: [{ physicalLocation: { artifactLocation: artifact, region: { startLine: 1 } } }],
    // Without this one GitHub would hash the file's first line, and each build would open the alert anew.
    partialFingerprints: {
      primaryLocationLineHash: `${ruleId}/${printable(runtime.specName ?? '')}:${ordinal(items, at)}`,
    },
    ...(properties === undefined ? {} : { properties }),
  }));
}

/** 1 for the first item of its rule, 2 for the second. */
function ordinal(items: readonly Item[], at: number): number {
  return items.slice(0, at + 1).filter(({ ruleId }) => ruleId === items[at]?.ruleId).length;
}

/** Relative to the working directory where the file is below it, as code scanning wants; else a `file:` URI. */
function artifactLocation(path: string): { readonly uri: string; readonly uriBaseId?: string } {
  const local = isAbsolute(path) ? relative(process.cwd(), path) : path;
  if (isAbsolute(path) && (isAbsolute(local) || local.split(sep)[0] === '..')) return { uri: pathToFileURL(path).href };
  // A lone surrogate has no UTF-8, so none in a URI.
  const normal = posix.normalize(local.replaceAll(sep, '/').replace(/\p{Cs}/gu, '\ufffd'));
  const uri = normal.split('/').map(encodeURIComponent).join('/');
  return uri.startsWith('../') ? { uri } : { uri, uriBaseId: '%SRCROOT%' };
}
