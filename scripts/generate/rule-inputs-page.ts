import { ruleInfos } from '../../src/check/rules/index.ts';
import { ruleInputs } from '../../test/support/rule-inputs/index.ts';
import { forestalled } from '../../test/support/rule-inputs/limits.ts';

/** docs/rule-inputs.md */
export function ruleInputsPage(): string {
  const severityOf = (id: string) => ruleInfos.find((rule) => rule.id === id)?.severity ?? '';
  const rows = ruleInputs.map(({ rule, input, vote, status }) => [
    `\`${rule}\``,
    severityOf(rule),
    input,
    vote,
    status,
  ]);
  const others = Object.entries(forestalled).map(([id, why]) => `- \`${id}\`: ${why}`);
  return [
    '# What provokes each finding',
    '',
    'Every rule and limit with an input that provokes it, how validators would vote on that input, and the conclusion. The',
    'test `test/process/check/every-rule.test.ts` checks each input with a real session and a real worker process;',
    '`npm run generate` writes this page from its table, `test/support/rule-inputs/`. "Corpus" means a real runtime.',
    '',
    '| Finding | Severity | Input | Vote | Conclusion |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
    '',
    '## Forestalled',
    '',
    'A worker or its host acts before these rules can apply to a finished preparation:',
    '',
    ...others,
    '',
  ].join('\n');
}
