/** Generates docs/findings.md from the list of rules. */
import { ruleInfos } from '../../src/check/rules/index.ts';
import { inputProblems } from '../../src/model/input-problem.ts';
import type { RuleInfo, RuleSubject } from '../../src/model/rule-info.ts';
import { severities, severityWords } from '../../src/model/severity.ts';
import type { SourcePlace } from '../../src/model/source-place.ts';
import { code, table } from '../../src/report/markdown-text.ts';

const subjects: Readonly<Record<RuleSubject, string>> = {
  outcome: 'About the outcome of a preparation',
  limits: 'About limits and budgets',
  blob: 'About the blob itself',
  metadata: 'About the metadata (`--metadata`)',
  comparison: 'About a baseline',
};

const places: Readonly<Record<SourcePlace, string>> = {
  manifest: 'the dependencies, features and profile of the runtime crate (`Cargo.toml`)',
  'register-validate-block': '`register_validate_block!` in the runtime crate',
  'construct-runtime': 'the pallets of the runtime (`construct_runtime!` or `#[runtime]`)',
  'build-script': 'the Rust toolchain, `build.rs` and the version of wasm-builder',
  none: 'not in the sources',
};

/** The page as Markdown. Every finding has a section with its id as the anchor. */
export function findingsPage(): string {
  const blocks = [
    '# Findings',
    '<!-- Made from src/check/rules by `npm run generate`; edit the rules instead. -->',
    'A report lists findings beside the vote. Each has a stable id, a severity, a message and, in most cases, a hint. An `error` means that the upgrade or the chain would fail with this blob, or that the check itself failed; a `warning` means that it is close to that; a `note` is worth knowing.',
    "[worker-errors.md](worker-errors.md) lists the error texts of Polkadot's worker and the finding for each.",
    ...Object.entries(subjects).flatMap(([subject, heading]) => [
      `## ${heading}`,
      overview(ruleInfos.filter(({ about }) => about === subject)),
    ]),
    '## Files that are no runtime',
    'Such a file has no vote and no conclusion. `pvf` exits with status 2, and says what the file is and what to do. Every format has an entry for it, with one of these ids.',
    table(
      ['Problem', 'Meaning'],
      Object.entries(inputProblems).map(([id, title]) => [code(id), title]),
    ),
    '## All findings',
    ...ruleInfos.toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap(section),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function overview(rules: readonly RuleInfo[]): string {
  const ordered = severities.flatMap((severity) => rules.filter((rule) => rule.severity === severity));
  const rows = ordered.map(({ id, severity, title }) => [`[${id}](#${id})`, severityWords[severity], title]);
  return table(['Finding', 'Severity', 'Meaning'], rows);
}

function section({ id, severity, title, place, docs }: RuleInfo): string[] {
  return [`### ${id}`, `**${title}** Severity: ${severityWords[severity]}. Where to look: ${places[place]}.`, docs];
}
