/** The rules about a blob on real runtimes, and on the blobs of `corpus/field` with the outcome that each should have. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { assembleReport } from '../../../src/check/assemble-report.ts';
import { loadInputs } from '../../../src/check/check-plan.ts';
import { jobFor } from '../../../src/check/job.ts';
import { defaultProfileName } from '../../../src/limits/profile.ts';
import type { BaselineIs } from '../../../src/model/baseline-is.ts';
import type { Finding } from '../../../src/model/report.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { describeWithCorpus } from '../../support/corpus.ts';

interface Against {
  readonly baseline: string;
  readonly baselineIs: BaselineIs;
}

async function findingsIn(path: string, against?: Against): Promise<readonly Finding[]> {
  const inputs = await loadInputs({ profile: defaultProfileName, ...against }, { inspect });
  const blob = await readRuntime(path);
  const facts = await inspect(blob.stored, inputs.profile.bombLimit);
  const tool = { name: 'polkadot-pvf', version: '0.0.0' };
  return assembleReport({ ...inputs, blob, facts, job: jobFor(blob, inputs.profile, {}), tool }).findings;
}

const listed = (findings: readonly Finding[]) => findings.map(({ id, severity }) => `${severity}: ${id}`);
const isError = ({ severity }: Finding) => severity === 'error';

/** Runtimes of 2020 and 2021 lack the section, which came in mid-2021. */
const beforeVersionSection = ['error: no-runtime-version'];

/** Errors of the rules about a blob. No other blob of the corpus has one. */
const expectedErrors: Readonly<Record<string, readonly string[]>> = {
  'asset-hub-kusama-genesis-uncompressed.wasm': beforeVersionSection,
  'asset-hub-westend-genesis.compact.compressed.wasm': beforeVersionSection,
  'zeitgeist-genesis-own-memory.compact.compressed.wasm': beforeVersionSection,
  'negative/relay-polkadot-genesis.wasm': ['error: no-validate-block', ...beforeVersionSection],
  'negative/solo-acala-alpha-2020.wasm': [
    'error: no-validate-block',
    ...beforeVersionSection,
    // ext_storage_blake2_256_ordered_trie_root_version_1
    'error: unknown-imports',
    // ext_storage_root_version_1 and ext_storage_changes_root_version_1 had other types before Substrate 2.0
    'error: host-function-types',
  ],
};

describeWithCorpus('the rules about a blob, on the corpus', (corpus) => {
  for (const { file } of [...corpus.blobs, ...corpus.containers]) {
    it(`find no error in ${file} that is not explained`, async () => {
      const errors = (await findingsIn(corpus.path(file))).filter(isError);
      const aboutBlob = errors.filter(({ id }) => !id.startsWith('over-limit-'));
      assert.deepEqual(listed(aboutBlob), expectedErrors[file] ?? []);
    }).timeout(60_000);
  }

  it('warn of nothing else in them than of sizes and compression', async () => {
    for (const { file } of corpus.blobs.filter(({ group }) => group === 'pvf')) {
      const others = (await findingsIn(corpus.path(file))).filter((finding) => !isError(finding));
      const unexpected = others.filter(({ id }) => !/^(near-limit-.*|not-compressed|weakly-compressed)$/.test(id));
      assert.deepEqual(listed(unexpected), [], file);
    }
  }).timeout(60_000);

  /** File → findings, by what cases.json wants. */
  const field: Readonly<Record<string, readonly string[]>> = {
    'plain.compact.wasm': ['warning: not-compressed'],
    'imports-rust-begin-unwind.compact.wasm': ['warning: not-compressed', 'error: unknown-imports'],
    'imports-benchmarking.compact.wasm': ['warning: not-compressed', 'error: benchmarking-build'],
    'no-runtime-version-section.compact.wasm': ['warning: not-compressed', 'error: no-runtime-version'],
    'version-not-raised.compact.wasm': ['warning: not-compressed'],
    'memory-44-pages-fine.compact.wasm': ['warning: not-compressed'],
  };
  for (const [file, expected] of Object.entries(field)) {
    it(`find what field/${file} has`, async function () {
      const path = corpus.path(`field/${file}`);
      if (!existsSync(path)) this.skip();
      assert.deepEqual(listed(await findingsIn(path)), expected);
    });
  }

  it('compare a version that was not raised with the chain, and with an earlier build', async function () {
    const path = corpus.path('field/version-not-raised.compact.wasm');
    const baseline = corpus.path('field/version-on-chain.compact.wasm');
    if (!existsSync(path)) this.skip();
    const found = async (baselineIs: BaselineIs) =>
      (await findingsIn(path, { baseline, baselineIs })).find(({ id }) => id === 'spec-version-not-raised');
    const [onChain, build] = [await found('chain'), await found('build')];
    assert.equal(onChain?.severity, 'error');
    assert.match(onChain.message, /SpecVersionNeedsToIncrease/);
    assert.equal(build?.severity, 'information');
  });
});
