/** Findings as text: the short texts of tree and Problems view, and the explanation page. */
import type { Finding, Report } from '../../model/report.ts';
import { allowRefusals, type RuleInfo } from '../../model/rule-info.ts';
import { bySeverity } from '../../model/severity.ts';
import type { SourcePlace } from '../../model/source-place.ts';
import { runtimeName } from '../../report/facts.ts';
import { code, prose } from '../../report/markdown-text.ts';
import { withLinks } from '../../report/references.ts';
import { oneLine, printable } from '../../report/terminal.ts';
import type { Translate } from '../model.ts';

/** The titles, places and docs of all rules. The bundle keeps them in a separate file (esbuild.mjs), loaded by the first call. */
export async function loadRules(): Promise<readonly RuleInfo[]> {
  const { ruleInfos } = await import('../../check/rules/index.ts');
  return ruleInfos;
}

/** Undefined for a finding whose report was made by a version with other rules. */
export function findRule(rules: readonly RuleInfo[], findingId: string): RuleInfo | undefined {
  return rules.find(({ id }) => id === findingId);
}

/** Can a user allow the errors of this rule? */
export function canBeAllowed(rule: RuleInfo | undefined): boolean {
  return rule?.severity === 'error' && allowRefusals[rule.about] === undefined;
}

/** Ids of all findings, the most severe first. */
export function findingIds(reports: readonly Report[]): string[] {
  const findings = bySeverity(reports.flatMap((report) => report.findings)).flat();
  return [...new Set(findings.map(({ id }) => id))];
}

/** The main text of a finding, and the text below it. Both are printable. */
export function findingTexts({ message, hint }: Finding): { readonly first: string; readonly rest?: string } {
  return { first: printable(message), ...(hint === undefined ? {} : { rest: printable(hint) }) };
}

/** The page of a finding: what it means, what to do, and which runtimes have it. @param nameOf their names */
export function explanationMarkdown(
  findingId: string,
  reports: readonly Report[],
  rules: readonly RuleInfo[],
  t: Translate,
  nameOf: (report: Report) => string = ({ runtime }) => runtimeName(runtime),
): string {
  const matches = reports.flatMap((report) =>
    report.findings.filter(({ id }) => id === findingId).map((finding) => ({ report, finding })),
  );
  const first = matches[0]?.finding;
  const rule = findRule(rules, findingId);
  const blocks = [
    `# ${code(findingId)}`,
    rule === undefined ? '' : `**${prose(rule.title)}**`,
    first === undefined ? t('No runtime in this workspace has this finding now.') : messageAndHint(first, t),
    ...(rule === undefined ? [] : [`## ${t('What it means')}`, withLinks(rule.docs), ...whereBlocks(rule.place, t)]),
    matches.length === 0 ? '' : `## ${t('Affected runtimes')}`,
    matches
      .map(({ report, finding }) => {
        const lines = [prose(oneLine(nameOf(report))), code(report.runtime.path), prose(oneLine(finding.message))];
        return `- ${lines.join('<br>')}`;
      })
      .join('\n'),
    first === undefined ? '' : severityText(first, t),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function messageAndHint({ message, hint }: Finding, t: Translate): string {
  return hint === undefined
    ? prose(message)
    : `${prose(message)}\n\n## ${t('What to do')}\n\n${withLinks(prose(hint))}`;
}

function whereBlocks(place: SourcePlace, t: Translate): string[] {
  return place === 'none' ? [] : [`## ${t('Where to look')}`, placeText(place, t)];
}

function placeText(place: Exclude<SourcePlace, 'none'>, t: Translate): string {
  switch (place) {
    case 'manifest':
      return t('The dependencies, features and profile of the crate (Cargo.toml).');
    case 'register-validate-block':
      return t('`cumulus_pallet_parachain_system::register_validate_block!` in the runtime crate (src/lib.rs).');
    case 'construct-runtime':
      return t('The pallets of the runtime: `construct_runtime!` or `#[runtime]` (src/lib.rs).');
    case 'build-script':
      return t('The build: the Rust toolchain, the build script (build.rs) and the version of wasm-builder.');
  }
}

function severityText({ severity }: Finding, t: Translate): string {
  switch (severity) {
    case 'error':
      return t('This is an error: validators vote against such a blob, or the chain cannot use it.');
    case 'warning':
      return t(
        'This is a warning: the blob passes on this machine, but it is close to a limit, or has a problem worth fixing.',
      );
    case 'information':
      return t('This is a note.');
  }
}
