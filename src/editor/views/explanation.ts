import type { Finding, Report } from '../../model/report.ts';
import type { RuleInfo } from '../../model/rule-info.ts';
import { bySeverity } from '../../model/severity.ts';
import type { SourcePlace } from '../../model/source-place.ts';
import { code, prose } from '../../report/markdown-text.ts';
import { oneLine } from '../../report/terminal.ts';
import { findRule } from '../rules.ts';
import type { Translate } from '../translate.ts';

/** A finding as a page: what it means, what to do, which runtimes have it. */
export function explanationMarkdown(
  findingId: string,
  reports: readonly Report[],
  rules: readonly RuleInfo[],
  t: Translate,
): string {
  const met = reports.flatMap((report) =>
    report.findings.filter(({ id }) => id === findingId).map((finding) => ({ report, finding })),
  );
  const first = met[0]?.finding;
  const rule = findRule(rules, findingId);
  const blocks = [
    `# ${code(findingId)}`,
    ...(rule === undefined ? [] : [`**${prose(rule.title)}**`]),
    first === undefined ? t('No runtime of this workspace has this finding any more.') : messageAndHint(first, t),
    ...(rule === undefined ? [] : [`## ${t('What it means')}`, rule.docs, ...whereBlocks(rule.place, t)]),
    ...(met.length === 0 ? [] : [`## ${t('Met in')}`]),
    met.map(({ report, finding }) => `- ${code(report.runtime.path)}<br>${prose(oneLine(finding.message))}`).join('\n'),
    first === undefined ? '' : severityText(first, t),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function messageAndHint({ message, hint }: Finding, t: Translate): string {
  const said = prose(message);
  return hint === undefined ? said : `${said}\n\n## ${t('What to do')}\n\n${prose(hint)}`;
}

function whereBlocks(place: SourcePlace, t: Translate): string[] {
  return place === 'none' ? [] : [`## ${t('Where to look')}`, placeText(place, t)];
}

function placeText(place: Exclude<SourcePlace, 'none'>, t: Translate): string {
  switch (place) {
    case 'manifest':
      return t('In the dependencies, features and profile of the crate (Cargo.toml).');
    case 'register-validate-block':
      return t('At `cumulus_pallet_parachain_system::register_validate_block!` in the runtime crate (src/lib.rs).');
    case 'construct-runtime':
      return t('In the pallets of the runtime: `construct_runtime!` or `#[runtime]` (src/lib.rs).');
    case 'build-script':
      return t(
        'In how the blob is built: the Rust toolchain, the build script (build.rs) and the version of wasm-builder.',
      );
  }
}

function severityText({ severity }: Finding, t: Translate): string {
  switch (severity) {
    case 'error':
      return t('This is an error: validators vote against such a blob, or the chain can make no use of it.');
    case 'warning':
      return t('This is a warning: the blob passes on this machine, with little to spare or with something amiss.');
    case 'information':
      return t('This is a note.');
  }
}

/** Ids of all findings, the gravest first. */
export function findingIds(reports: readonly Report[]): string[] {
  return [
    ...new Set(
      bySeverity(reports.flatMap(({ findings }) => [...findings]))
        .flat()
        .map(({ id }) => id),
    ),
  ];
}
