/** Real runtimes: with a property of their metadata, and after an earlier release. */

import { join } from 'node:path';
import type { CheckSettings } from '../../../src/check/check-settings.ts';
import { plainPvf, plainPvfOf, runtimeVersion } from '../plain-pvf.ts';
import { pvfModule } from '../pvf-module.ts';
import { type Amounts, needed, workerThatNeeds } from './amounts.ts';
import {
  custom,
  type Ends,
  fail,
  inspected,
  inspectedAndFails,
  passes,
  type RuleBench,
  type RuleInput,
} from './rule-input.ts';

export const paseo = 'bridge-hub-paseo-2000006.compact.compressed.wasm';
export const olderPaseo = 'pairs/bridge-hub-paseo-1009003.compact.compressed.wasm';
export const oldestPaseo = 'pairs/bridge-hub-paseo-1009002.compact.compressed.wasm';
export const assetHub = 'asset-hub-polkadot-statemint-1004002.compact.compressed.wasm';
export const hydration = 'hydration-hydradx-408.compact.compressed.wasm';
export const example = join(import.meta.dirname, '../../../examples/tally/blobs/tally_runtime.compact.compressed.wasm');
/** A real runtime, inspected. @param settings may name files of the corpus */
function corpusInput(
  rule: string,
  file: string,
  change: { readonly input?: string; readonly ends?: Ends; settings?(bench: RuleBench): Partial<CheckSettings> } = {},
): RuleInput {
  const { input = `corpus \`${short(file)}\``, ends = inspected, settings } = change;
  return {
    rule,
    input,
    ...ends,
    needsCorpus: true,
    run: (bench) => bench.check(bench.corpus(file), { metadata: {}, ...settings?.(bench) }, 'inspect'),
  };
}

function short(file: string): string {
  return file.replace(/^.*\//, '').replace(/(\.compact)?(\.compressed)?\.wasm$/, '');
}

/** A real runtime, after another one. */
function upgradeInput(rule: string, older: string, newer: string, ends: Ends = inspected): RuleInput {
  return corpusInput(rule, newer, {
    input: `corpus \`${short(newer)}\` after \`${short(older)}\``,
    ends,
    settings: (bench) => ({ baseline: bench.corpus(older), baselineIs: 'chain' }),
  });
}

export const metadataInputs: readonly RuleInput[] = [
  corpusInput('weakly-compressed', paseo),
  corpusInput('unreadable-metadata', 'field/plain.compact.wasm'),
  corpusInput('ancient-metadata', 'asset-hub-kusama-genesis-uncompressed.wasm', { ends: inspectedAndFails }),
  corpusInput('no-modern-metadata', 'bridge-hub-polkadot-9382.compact.compressed.wasm'),
  corpusInput('no-metadata-hash-extension', 'acala-mandala-2180.compact.compressed.wasm'),
  corpusInput('no-metadata-hash', paseo),
  corpusInput('metadata-hashes-differ', olderPaseo),
  corpusInput('wrong-metadata-hash', assetHub, {
    input: `corpus \`${short(assetHub)}\` with \`--token DOT:12\`; DOT has 10 decimals`,
    settings: () => ({ metadata: { token: { symbol: 'DOT', decimals: 12 } } }),
  }),
  {
    rule: 'missing-runtime-apis',
    input: 'the example runtime `examples/tally`',
    ...inspected,
    run: (bench) => bench.check(example, { metadata: {} }, 'inspect'),
  },
];

/** A check after an earlier one of the same module, whose worker needed more or less. */
function figureChange(rule: string, input: string, before: Amounts, after: Amounts): RuleInput {
  return {
    rule,
    input,
    ...passes,
    run: async (bench) => {
      const file = bench.write('a.wasm', plainPvf);
      const older = await bench.check(file, { worker: bench.fakeWorker(await workerThatNeeds(before)) });
      const artifactBytes = rule.startsWith('growth') ? 2000 : 9000;
      const stats = older.stats && { ...older.stats, artifactBytes };
      const baseline = bench.write('older.json', JSON.stringify({ ...older, ...(stats && { stats }) }));
      const newer = bench.write('b.wasm', plainPvfOf('plain', 2));
      return bench.check(newer, { worker: bench.fakeWorker(await workerThatNeeds(after)), baseline });
    },
  };
}

const [small, large]: readonly Amounts[] = [
  { ...needed, cpuMs: 5000 },
  { ...needed, cpuMs: 20_000 },
];
if (small === undefined || large === undefined) fail('two amounts');

export const comparisonInputs: readonly RuleInput[] = [
  {
    rule: 'identical-code',
    input: 'the code that the chain runs now',
    ...inspectedAndFails,
    run: (bench) => {
      const baseline = bench.write('chain.wasm', plainPvf);
      return bench.check(bench.write('a.wasm', plainPvf), { baseline, baselineIs: 'chain' }, 'inspect');
    },
  },
  {
    rule: 'transaction-version-lowered',
    input: 'transaction_version 1 after 2',
    ...inspected,
    run: (bench) => {
      const older = runtimeVersion('plain', 1);
      // Behind it stands the state version alone.
      older[older.length - 5] = 2;
      const baseline = bench.write('older.wasm', pvfModule({ customs: [custom('runtime_version', older)] }));
      return bench.check(bench.write('a.wasm', plainPvfOf('plain', 2)), { baseline }, 'inspect');
    },
  },
  upgradeInput('spec-name-differs', 'bridge-hub-polkadot-9382.compact.compressed.wasm', paseo, inspectedAndFails),
  upgradeInput('spec-version-not-raised', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('transaction-version-not-raised', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('storage-retyped', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('runtime-api-gone', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('pallet-index-moved', assetHub, hydration, inspectedAndFails),
  upgradeInput('growth-stored-bytes', olderPaseo, paseo),
  upgradeInput('growth-raw-bytes', oldestPaseo, olderPaseo),
  upgradeInput('shrinkage-stored-bytes', oldestPaseo, olderPaseo),
  upgradeInput('shrinkage-raw-bytes', paseo, olderPaseo, inspectedAndFails),
  figureChange('growth-cpu-time', 'a job of 20 s after one of 5 s', small, large),
  figureChange('shrinkage-cpu-time', 'a job of 5 s after one of 20 s', large, small),
  figureChange('growth-artifact-bytes', 'an artifact of 5,000 bytes after one of 2,000', large, large),
  figureChange('shrinkage-artifact-bytes', 'an artifact of 5,000 bytes after one of 9,000', large, large),
];
