import assert from 'node:assert/strict';
import { rules } from '../../../../src/check/rules/index.ts';
import type { BlobContext } from '../../../../src/check/rules/rule.ts';
import { runRules } from '../../../../src/check/rules/run.ts';
import type { Finding } from '../../../../src/model/report.ts';
import { missingImports } from '../../../../src/runtime/host-imports.ts';
import type { RuntimeFacts } from '../../../../src/runtime/inspect.ts';
import type { Export, Import } from '../../../../src/wasm/types.ts';
import { blobContext, goodFacts } from './cases.ts';

function findingsOf(change: Partial<RuntimeFacts>, context: Partial<BlobContext> = {}): Finding[] {
  return runRules(rules.blob, { ...blobContext, ...context, facts: { ...goodFacts, ...change } });
}

const idsOf = (findings: readonly Finding[]) => findings.map(({ id }) => id);

function exported(...names: readonly string[]): readonly Export[] {
  return names.map((name, index) => ({ name, kind: name === '__heap_base' ? 'global' : 'function', index }));
}

function imported(...names: readonly string[]): Partial<RuntimeFacts> {
  const imports = names.map((name): Import => ({ module: 'env', name, kind: 'function' }));
  return { imports, missingImports: missingImports(imports) };
}

/** Members to change, and the resulting findings. */
const cases: Readonly<Record<string, readonly [change: Partial<RuntimeFacts>, ids: readonly string[]]>> = {
  'a strongly compressed runtime': [{}, []],
  'a compressed runtime of unknown level': [{ compression: { kind: 'zstd' } }, []],
  'a weakly compressed runtime': [{ compression: { kind: 'zstd', level: 3, windowLog: 21 } }, ['weakly-compressed']],
  'an uncompressed runtime': [{ compression: { kind: 'none' } }, ['not-compressed']],
  'a module without validate_block': [{ exports: exported('Core_version', '__heap_base') }, ['no-validate-block']],
  'a module without any export': [{ exports: [] }, ['no-validate-block', 'no-core-version', 'no-heap-base']],
  'an uncompressed module without exports': [
    { compression: { kind: 'none' }, exports: [] },
    ['not-compressed', 'no-validate-block', 'no-core-version', 'no-heap-base'],
  ],
  'a global named validate_block': [
    {
      exports: [{ name: 'validate_block', kind: 'global', index: 0 }, ...exported('Core_version', '__heap_base')],
    },
    ['no-validate-block'],
  ],
  'a function named __heap_base': [
    {
      exports: [...exported('validate_block', 'Core_version'), { name: '__heap_base', kind: 'function', index: 0 }],
    },
    ['no-heap-base'],
  ],
  'a damaged module, which may have lost its exports': [
    { exports: [], problem: { kind: 'damaged-module', reason: 'cut short', at: 12 } },
    [],
  ],
  'a memory of its own that is exported': [
    {
      exports: [...(goodFacts.exports ?? []), { name: 'memory', kind: 'memory', index: 0 }],
      memory: { imported: false, min: 17 },
    },
    [],
  ],
  'a memory of its own that is not exported': [{ memory: { imported: false, min: 17 } }, ['no-memory']],
  '44 pages of memory': [{ memory: { imported: true, min: 44 } }, []],
  'as much memory as allowed': [{ memory: { imported: true, min: 2080 } }, []],
  'more memory than allowed': [{ memory: { imported: true, min: 2081 } }, ['memory-over-limit']],
  'a large name section': [{ sections: [{ name: 'name', bytes: 5_000_000 }] }, []],
  'benchmarks by imports and API': [
    {
      ...imported('ext_benchmarking_wipe_db_version_1'),
      exports: [...(goodFacts.exports ?? []), ...exported('Benchmark_dispatch_benchmark')],
    },
    ['benchmarking-build'],
  ],
};

describe('the rules about a blob', () => {
  for (const [name, [change, ids]] of Object.entries(cases)) {
    it(name, () => {
      const findings = findingsOf(change);
      assert.deepEqual(idsOf(findings), ids);
      for (const { hint } of findings) assert.match(hint ?? '', /[.?]$/);
    });
  }

  it('find nothing in a file that is not a module', () => {
    const unknown: RuntimeFacts = {
      storedBytes: 20,
      rawBytes: 20,
      compression: { kind: 'none' },
      problem: { kind: 'not-wasm', is: 'unknown' },
    };
    assert.deepEqual(runRules(rules.blob, { ...blobContext, facts: unknown }), []);
  });

  it('tell a relay or solo runtime from a parachain runtime without the macro', () => {
    const exports = exported('Core_version', '__heap_base');
    const [solo] = findingsOf({ exports, isParachain: false });
    assert.match(solo?.message ?? '', /^This is the runtime of a relay chain or solo chain/);
    const [parachain] = findingsOf({ exports, isParachain: true });
    assert.match(parachain?.hint ?? '', /Check that the runtime calls register_validate_block!/);
  });

  it('tell a damaged version section from a missing one', () => {
    const { runtimeVersion: _, ...facts } = goodFacts;
    const messageOf = (problem: RuntimeFacts['problem']) =>
      runRules(rules.blob, { ...blobContext, facts: { ...facts, ...(problem && { problem }) } })[0]?.message ?? '';
    assert.match(messageOf(undefined), /runtime_version is missing\..*FailedToExtractRuntimeVersion/);
    assert.match(messageOf({ kind: 'damaged-runtime-version' }), /is damaged\..*FailedToExtractRuntimeVersion/);
  });

  it('count the pages of MaxMemoryPages', () => {
    const executorParams = [{ tag: 'MaxMemoryPages', value: 100 }] as const;
    const ids = (min: number) => idsOf(findingsOf({ memory: { imported: true, min } }, { executorParams }));
    assert.deepEqual([ids(132), ids(133)], [[], ['memory-over-limit']]);
  });

  it('only warn of the benchmarking API without its imports', () => {
    const exports = [...(goodFacts.exports ?? []), ...exported('Benchmark_dispatch_benchmark')];
    const found = findingsOf({ exports }).map(({ id, severity }) => [id, severity]);
    assert.deepEqual(found, [['benchmarking-build', 'warning']]);
  });

  it('accept elliptic-curve host functions that the profile enables', () => {
    const change = imported('ext_host_calls_vesta_mul_version_1');
    assert.deepEqual(idsOf(findingsOf(change)), ['ecc-host-functions']);
    const executorParams = [{ tag: 'EnabledHostFunction', value: 'EccRfc163' }] as const;
    assert.deepEqual(findingsOf(change, { executorParams }), []);
  });

  it('explain a development build instead of its missing compression', () => {
    const change: Partial<RuntimeFacts> = { compression: { kind: 'none' } };
    const ids = (path: string, buildProfile: string) => idsOf(findingsOf(change, { runtime: { path, buildProfile } }));
    assert.deepEqual(ids('target/debug/wbuild/a/a.wasm', 'debug'), ['development-build']);
    assert.deepEqual(ids('target/rust-analyzer/release/wbuild/a/a.wasm', 'release'), ['development-build']);
    assert.deepEqual(ids('target/release/wbuild/a/a.wasm', 'release'), ['not-compressed']);
  });

  describe('name unknown imports', () => {
    /** Imports, and what the message and the hint say. */
    const families: Readonly<Record<string, readonly [names: readonly string[], message: RegExp, hint: RegExp]>> = {
      'of the panic handler': [
        ['_RNvCscSpY9Juk0HT_7___rustc17rust_begin_unwind'],
        /panic handler.*: _RNvCscSpY9Juk0HT_7___rustc17rust_begin_unwind\.$/,
        /PR 8198/,
      ],
      'of tracing builds': [['ext_moonbeam_ext_raw_step_version_1'], /tracing/, /Never register it/],
      'of a custom interface': [['ext_my_chain_verify_version_1'], /of its own/, /polkadot issue 4847/],
      'of a newer SDK': [['ext_storage_get_version_2'], /versions of them, that no known node offers/, /newer than/],
      'of early Substrate': [
        ['ext_sandbox_invoke_version_1', 'ext_get_storage_into'],
        /early Substrate/,
        /Update the SDK/,
      ],
      'of experimental features': [['ext_crypto_bls381_generate_version_1'], /experimental/, /bls-experimental/],
      'of unlinked C code': [
        ['rustsecp256k1_v0_8_1_context_create', 'GFp_memcmp', 'a', 'b', 'c'],
        /not linked: rustsecp256k1_v0_8_1_context_create, GFp_memcmp, a and 2 more\.$/,
        /secp256k1-sys/,
      ],
    };
    for (const [name, [names, message, hint]] of Object.entries(families)) {
      it(name, () => {
        const [finding, ...others] = findingsOf(imported(...names));
        assert.deepEqual(others, []);
        assert.equal(finding?.id, 'unknown-imports');
        assert.match(finding?.message ?? '', message);
        assert.match(finding?.hint ?? '', hint);
        assert.equal(finding?.data?.['count'], names.length);
      });
    }

    it('in one finding per family', () => {
      const found = findingsOf(imported('ext_my_chain_a_version_1', 'memcpy', 'ext_my_chain_b_version_1'));
      assert.deepEqual(idsOf(found), ['unknown-imports', 'unknown-imports']);
      assert.match(found[0]?.message ?? '', /: ext_my_chain_a_version_1 and ext_my_chain_b_version_1\.$/);
    });

    it('that the worker refused only once', () => {
      const facts: Partial<RuntimeFacts> = {
        missingImports: missingImports([
          { module: 'wasi_snapshot_preview1', name: 'fd_write', kind: 'function' },
          { module: 'env', name: 'table', kind: 'table' },
        ]),
      };
      assert.deepEqual(idsOf(findingsOf(facts)), ['unknown-imports', 'unknown-imports']);
      assert.match(findingsOf(facts)[0]?.message ?? '', /: wasi_snapshot_preview1:fd_write\.$/);
      assert.deepEqual(findingsOf(facts, { prepareError: 'RuntimeConstruction' }), []);
    });

    it('without control characters, and cut when they are long', () => {
      const [finding] = findingsOf(imported(`a\n::error::${'x'.repeat(1000)}`));
      assert.doesNotMatch(finding?.message ?? '', /\n/);
      assert.ok((finding?.message.length ?? 0) < 250);
    });
  });
});
