/** Generates docs/exit-status.md from the table that test/integration/cli-exit-status.test.ts runs. */
import { table } from '../../src/report/markdown-text.ts';
import { ends } from '../../test/support/ends.ts';

export function exitStatusPage(): string {
  const rows = Object.entries(ends).map(([what, { status, group }]) => [`${status}`, group, what]);
  const blocks = [
    '# Exit status',
    '<!-- Made from test/support/ends.ts by `npm run generate`; edit that file instead. -->',
    'A test runs the built CLI for every row. Only a conclusion gives 0 or 1. Whatever else happens, including a defect of pvf, never says that a runtime can or can not ship. For several runtimes the worst counts: unreadable input (2), then fail (1), then undecided (3). A code of a chain that could not be checked, and a missing part of a list, leave the whole undecided. A wrong `--rpc` address is wrong usage; a server that can not be reached is undecided.',
    table(['Status', 'Meaning', 'When'], rows),
  ];
  return `${blocks.join('\n\n')}\n`;
}
