/** What the tool says about every PVF of the corpus: whose the code is, and what is costly to prepare. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatBytes, formatMillis } from '../../src/base/units.ts';
import type { CheckSettings } from '../../src/check/check-settings.ts';
import type { CheckSession } from '../../src/check/session.ts';
import { defaultProfileName } from '../../src/limits/profile.ts';
import type { Report } from '../../src/model/report.ts';
import { crateNodes, knownOwners } from '../../src/model/size-views.ts';
import { code, table } from '../../src/report/markdown-text.ts';
import type { Corpus } from '../../test/support/corpus.ts';

export interface CorpusBench {
  readonly corpus: string;
  readonly session: CheckSession;
  /** Receives a line for each runtime, because all of them take minutes. */
  readonly log: (line: string) => void;
}

const SHOWN = 3;

/** Only the built-in worker says what a function costs. */
const settings: CheckSettings = {
  worker: 'portable',
  costs: true,
  instances: 'auto',
  profile: defaultProfileName,
  // A busy machine must not end a preparation.
  prepTimeoutMs: 1_800_000,
  workspaceFolders: [],
  trustWorkspace: false,
  verbose: false,
};

const head = [
  'Runtime',
  'Code',
  'Given to a crate',
  'Given to a pallet or own crate',
  'Biggest crates',
  'Biggest pallets and own crates',
  'Functions that take longest to prepare',
] as const;

/** A Markdown table. Runs a preparation for each PVF. */
export async function benchCorpus({ corpus, session, log }: CorpusBench): Promise<string> {
  const manifest = path.join(corpus, 'manifest.json');
  if (!existsSync(manifest)) return 'not measured: there is no corpus';
  const { blobs } = JSON.parse(readFileSync(manifest, 'utf8')) as Pick<Corpus, 'blobs'>;
  const rows: string[][] = [];
  for (const { name, file } of blobs.filter(({ group }) => group === 'pvf')) {
    const before = performance.now();
    const { report } = await session.check(path.join(corpus, file), 'prepare', settings);
    rows.push([name, ...cellsOf(report)]);
    log(`${name}: ${formatMillis(performance.now() - before)}`);
  }
  return table(head, rows, ':-- --: --: --: :-- :-- :--');
}

function cellsOf({ sizes, costs, conclusion }: Report): string[] {
  if (sizes === undefined || costs === undefined) return [`unknown: ${conclusion.reason}`];
  const { codeBytes, attributedCodeBytes, ownedCodeBytes } = sizes;
  const parts = (list: readonly { readonly name: string; readonly bytes: number }[]) =>
    biggest(list.map(({ name, bytes }) => `${code(name)} ${share(bytes, codeBytes, 1)}`));
  const functions = costs.functions.map(
    ({ name, index, compileTimeMs }) =>
      `${code(name ?? `function ${index}`)} ${formatMillis(compileTimeMs)} (${share(compileTimeMs, costs.compileTimeMs, 1)})`,
  );
  return [
    formatBytes(codeBytes),
    share(attributedCodeBytes, codeBytes, 2),
    share(ownedCodeBytes, codeBytes, 1),
    parts(crateNodes(sizes)),
    parts(knownOwners(sizes)),
    biggest(functions),
  ];
}

function biggest(cells: readonly string[]): string {
  return cells.slice(0, SHOWN).join('<br>');
}

/** Rounded down, so that only all of it is 100 %. */
function share(part: number, whole: number, digits: number): string {
  const factor = 10 ** digits;
  return whole === 0 ? 'none' : `${(Math.floor((part / whole) * 100 * factor) / factor).toFixed(digits)} %`;
}
