/** The conclusion, the vote and the grade in words. */
import { estimateError } from '../model/estimates.ts';
import { overruns } from '../model/figure-text.ts';
import { type Grade, type GradeWord, gradeOf } from '../model/grade.ts';
import { isReport, type ReportEntry } from '../model/input-problem.ts';
import { limitOf } from '../model/measures.ts';
import type { Conclusion, Report } from '../model/report.ts';

const statusWords: Readonly<Record<Conclusion['status'], string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  undecided: 'UNDECIDED',
};

/** The conclusion for a heading: `PASS`. That of an inspection without an error promises less. */
export function statusWord({ conclusion, outcome }: Report): string {
  return outcome === undefined && conclusion.status === 'pass' ? 'INSPECTED' : statusWords[conclusion.status];
}

const voteTexts: Readonly<Record<Grade['vote'], string>> = {
  accept: 'vote: accept',
  reject: 'vote: reject',
  undecided: 'vote: undecided',
  inspected: 'not prepared',
};

/** The vote, beside the conclusion. */
export function voteText(report: Report): string {
  return voteTexts[gradeOf(report).vote];
}

const gradeTexts = {
  accepted: 'accepted',
  slow: 'accepted, but a slower validator would fail',
  rejected: 'rejected',
  undecided: 'undecided',
  inspected: 'inspected, not prepared',
} as const satisfies Record<Exclude<GradeWord, 'near' | 'over' | 'faulty'>, string>;

/** By whether the blob was accepted or only inspected, and by its limits and errors. */
const moreTexts = {
  accepted: {
    near: 'accepted, near a limit',
    faulty: 'accepted, but unusable',
    limit: 'accepted, but over a limit',
    budget: 'accepted, but over budget',
  },
  inspected: {
    near: 'inspected, near a limit',
    faulty: 'unusable',
    limit: 'over a limit',
    budget: 'over budget',
  },
} as const;

/** Every result of `gradeText`, for translation. */
export const allGradeTexts: readonly string[] = [
  ...Object.values(gradeTexts),
  ...Object.values(moreTexts).flatMap((texts) => Object.values(texts)),
];

/** The grade within a sentence: `accepted, near a limit`. */
export function gradeText(report: Report): string {
  const { word, vote } = gradeOf(report);
  if (word !== 'near' && word !== 'over' && word !== 'faulty') return gradeTexts[word];
  const texts = moreTexts[vote === 'accept' ? 'accepted' : 'inspected'];
  if (word !== 'over') return texts[word];
  const over = report.limits.items.filter(({ level }) => level === 'over');
  return over.every(({ id }) => limitOf(id).isBudget) ? texts.budget : texts.limit;
}

/** Polkadot's error as it is: `Prevalidation: Other("…")`. Undefined when there is none, or when the reason quotes it. */
export function errorText({ outcome, conclusion }: Report): string | undefined {
  const error = outcome?.error;
  if (error === undefined || error.message === '' || conclusion.reason.includes(error.message)) return undefined;
  return `${error.variant}: ${error.message}`;
}

/** What the outcome means for the vote. Polkadot votes against on any error, deterministic or not (`pvf-checker`, polkadot PR 6492). */
export function outcomeNote({ outcome, vote }: Report): string | undefined {
  if (outcome === undefined || vote === 'accept') return undefined;
  if (vote === 'undecided') return 'This says nothing about the runtime blob.';
  if (outcome.error === undefined) return undefined;
  return outcome.error.deterministic
    ? 'The error is deterministic: every validator with such a worker gets it.'
    : 'The error is not deterministic: another machine may pass, but a validator that gets it votes against the blob.';
}

/** Undefined when all figures are measured. */
export function estimateNote({ stats }: Report): string | undefined {
  if (stats?.cpuTimeIs !== 'estimated' && stats?.memoryIs !== 'estimated') return undefined;
  return `CPU time and memory are estimates (${estimateError}), because the built-in worker was used.`;
}

/** `3 runtime blobs: 2 pass, 1 fails; 1 near a limit. 1 file is no runtime, or can not be read.` */
export function summaryText(entries: readonly ReportEntry[]): string {
  const reports = entries.filter(isReport);
  const problems = entries.length - reports.length;
  const sentences = [
    reports.length > 0 || problems === 0 ? conclusionsText(reports) : '',
    problems === 0 ? '' : `${problems} file${problems === 1 ? ' is' : 's are'} no runtime, or can not be read.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function conclusionsText(reports: readonly Report[]): string {
  if (reports.length === 0) return 'No runtime blob was checked.';
  const count = (wanted: Conclusion['status']) =>
    reports.filter(({ conclusion }) => conclusion.status === wanted).length;
  const verb = (many: number, word: string) => (many === 0 ? [] : [`${many} ${word}${many === 1 ? 's' : ''}`]);
  const fails = count('fail');
  const undecided = count('undecided');
  const counts = [
    ...(count('pass') === 0 ? [] : [`${count('pass')} ${count('pass') === 1 ? 'passes' : 'pass'}`]),
    ...verb(fails, 'fail'),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
  ];
  const graded = (wanted: GradeWord) => reports.filter((report) => gradeOf(report).word === wanted).length;
  const over = reports.map(overruns);
  const notes = [
    [graded('near'), 'near a limit'],
    [graded('slow'), 'slow to prepare'],
    [over.filter(({ limits }) => limits.length > 0).length, 'over a limit'],
    [over.filter(({ budgets }) => budgets.length > 0).length, 'over budget'],
  ] as const;
  const tail = notes.filter(([many]) => many > 0).map(([many, what]) => `; ${many} ${what}`);
  return `${reports.length} runtime blob${reports.length === 1 ? '' : 's'}: ${counts.join(', ')}${tail.join('')}.`;
}
