/** The hover on a runtime's package name and on our diagnostics. */
import { amountText, headRoom, limitText, ratioText } from '../../model/figure-text.ts';
import { type Figure, figuresOf } from '../../model/figures.ts';
import { gradeOf } from '../../model/grade.ts';
import { limitOf } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import type { RuleInfo } from '../../model/rule-info.ts';
import { estimateNote } from '../../report/conclusion.ts';
import { code, prose } from '../../report/markdown-text.ts';
import { withLinks } from '../../report/references.ts';
import { oneLine } from '../../report/terminal.ts';
import { type CheckState, type Runtime, shownResult, type Translate } from '../model.ts';
import { figureLabel, gradeLooks, leftText, levelText, limitSource, shownGradeText, titleOf } from './labels.ts';
import { pendingLines } from './pending-limits.ts';

/** The conclusion, and each limit with what is left of it and where it comes from. Undefined without a report. */
export function conclusionHover(runtime: Runtime, state: CheckState, t: Translate): string | undefined {
  const result = shownResult(state);
  const { report } = result;
  if (report === undefined) return undefined;
  const icon = `$(${gradeLooks[gradeOf(report).word].icon})`;
  const limited = figuresOf(report).filter(({ item }) => item !== undefined);
  const hasProfileLimit = limited.some(({ isBudget }) => !isBudget);
  const blocks = [
    `${icon} **${prose(oneLine(titleOf(runtime, state)))}**: ${prose(shownGradeText(report, result, t))}`,
    prose(oneLine(report.conclusion.reason)),
    [
      ...limited.map((figure) => limitLine(figure, report, t)),
      ...pendingLines(report, t).map((line) => `- ${prose(line)}.`),
    ].join('\n'),
    hasProfileLimit ? prose(limitSource({ isBudget: false }, report, t)) : '',
    prose(estimateNote(report) ?? ''),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** `- **Stored size**: 2.99 MiB of 3.00 MiB (99.7 %), 8.5 KiB left. …` */
function limitLine(figure: Figure, report: Report, t: Translate): string {
  const { item } = figure;
  if (item === undefined) return '';
  const used = t('{0} of {1} ({2})', amountText(figure), limitText(figure) ?? '', ratioText(figure) ?? '');
  const isTime = item.id === 'cpu-time';
  const left = isTime ? headRoom(report) : leftText(figure, t);
  const facts = [`${used}, ${levelText(item, t)}`, left ?? ''].filter((part) => part !== '').join('; ');
  return `- **${prose(figureLabel(figure, t))}**: ${prose(facts)}. ${prose(t(limitOf(item.id).about))}`;
}

/** What a finding means. Its message is in the diagnostic already. */
export function findingHover(rule: RuleInfo, t: Translate): string {
  const command = `command:pvf.explain?${encodeURIComponent(JSON.stringify([rule.id]))}`;
  return [`${code(rule.id)}: **${prose(rule.title)}**`, withLinks(rule.docs), `[${t('Explain')}](${command})`].join(
    '\n\n',
  );
}
