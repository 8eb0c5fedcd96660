import type { Finding, Report } from '../../model/report.ts';
import { bySeverity } from '../../model/severity.ts';
import { code, prose } from '../../report/markdown-text.ts';
import { oneLine } from '../../report/terminal.ts';
import type { Translate } from '../translate.ts';
import { placeOf } from './problems.ts';

/** A finding of one or more runtimes, as a page: what it says, what to do, where it was met. */
export function explanationMarkdown(findingId: string, reports: readonly Report[], t: Translate): string {
  const met = reports.flatMap((report) =>
    report.findings.filter(({ id }) => id === findingId).map((finding) => ({ report, finding })),
  );
  const first = met[0]?.finding;
  const blocks = [
    `# ${code(findingId)}`,
    first === undefined ? t('No runtime of this workspace has this finding any more.') : hintBlock(first, t),
    `## ${t('Where to look')}`,
    whereText(findingId, t),
    ...(met.length === 0 ? [] : [`## ${t('Met in')}`]),
    met.map(({ report, finding }) => `- ${code(report.runtime.path)}<br>${prose(oneLine(finding.message))}`).join('\n'),
    first === undefined ? '' : severityText(first, t),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function hintBlock({ message, hint }: Finding, t: Translate): string {
  const said = prose(message);
  return hint === undefined ? said : `${said}\n\n## ${t('What to do')}\n\n${prose(hint)}`;
}

function whereText(findingId: string, t: Translate): string {
  switch (placeOf(findingId)) {
    case 'package':
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
