/** Generates docs/worker-errors.md from the table that test/unit/check/rules/worker-errors.test.ts checks. */
import { ruleInfos } from '../../src/check/rules/index.ts';
import { code, table } from '../../src/report/markdown-text.ts';
import { type WorkerError, workerErrors } from '../../test/support/worker-errors.ts';

/** The page as Markdown. */
export function workerErrorsPage(): string {
  const { sources, errors } = workerErrors;
  const crates = sources.map(({ crate, version }) => `${crate} ${version}`).join(', ');
  const tags = [...new Set(errors.map(({ error }) => error))];
  const blocks = [
    '# Error texts of the worker',
    '<!-- Made from test/fixtures/worker-errors.json by `npm run generate`; edit the table there instead. -->',
    `What Polkadot's prepare worker can answer, and the finding that explains it. The texts come from the sources of these crates: ${crates}. Numbers and names in a text are samples. A test checks that the table has every error of the crates, and that each text leads to its finding.`,
    ...tags.flatMap((tag) =>
      section(
        tag,
        errors.filter(({ error }) => error === tag),
      ),
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function section(tag: string, errors: readonly WorkerError[]): string[] {
  const reachable = errors.filter(({ unreachable }) => unreachable === undefined);
  const others = errors.filter(({ unreachable }) => unreachable !== undefined);
  return [
    `## ${tag}`,
    table(['Text', 'From', 'Cause'], reachable.map(cells)),
    ...(others.length === 0
      ? []
      : [
          "The worker's code has these texts, too, but today's worker does not give them:",
          table(
            ['Text', 'From', 'Cause', 'Why not'],
            others.map((one) => [...cells(one), one.unreachable ?? '']),
          ),
        ]),
  ];
}

function cells({ text, crate, finding }: WorkerError): string[] {
  const title = ruleInfos.find(({ id }) => id === finding)?.title ?? '';
  return [text === '' ? '(no text)' : code(text), crate, `${title} [${finding}](findings.md#${finding})`];
}
