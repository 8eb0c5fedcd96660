import { applyEdits, modify } from 'jsonc-parser';
import { errorMessage } from '../../base/errors.ts';
import { ConfigError } from '../../limits/json-file.ts';
import type { Report } from '../../model/report.ts';
import type { TeamBudget } from '../../model/team-budget.ts';
import { budgetFromReport } from './budget-from-report.ts';
import { newConfigText } from './config-text.ts';
import { configOf } from './load-config.ts';

export interface BudgetRequest {
  readonly report: Report;
  /** Absolute path of the `pvf.json`, which need not exist. */
  readonly file: string;
  /** Its text. Absent: it is to be created. */
  readonly text?: string;
  /** For a new file: the name of the runtime's crate, or the path of its blob. */
  readonly runtime: string;
  /** For a new file. */
  readonly profile: string;
}

/** The text of a `pvf.json` with the budget of a report. Rejects with `ConfigError` when the file is not usable. */
export async function textWithBudget({ report, file, text, runtime, profile }: BudgetRequest): Promise<string> {
  const budget = budgetFromReport(report);
  if (text === undefined) return newConfigText({ runtimes: [runtime], profile, budget });
  await configOf(file, parsed(file, text));
  return withBudget(text, budget);
}

export interface AllowRequest {
  /** Absolute path of the `pvf.json`. */
  readonly file: string;
  readonly text: string;
  readonly findingId: string;
}

/** The text of a `pvf.json` that allows one more finding. Rejects with `ConfigError` when the file is not usable. */
export async function textWithAllowed({ file, text, findingId }: AllowRequest): Promise<string> {
  const { allow = [] } = (await configOf(file, parsed(file, text))).values;
  if (allow.includes(findingId)) return text;
  return applyEdits(text, modify(text, ['allow'], [...allow, findingId], { formattingOptions: formatOf(text) }));
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ConfigError(`${file}: the file is not JSON: ${errorMessage(error)}.`);
  }
}

/** Sets the figures of the budget in the text of a `pvf.json`. Keeps all else: other members, their order, and how the text is formatted. */
export function withBudget(text: string, budget: TeamBudget): string {
  const formattingOptions = formatOf(text);
  return Object.entries(budget).reduce(
    (so, [name, value]) => applyEdits(so, modify(so, ['budget', name], value, { formattingOptions })),
    text,
  );
}

function formatOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
