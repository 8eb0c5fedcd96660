/** Modules that would stop a chain, from the bytes to the findings of an inspection. */
import assert from 'node:assert/strict';
import { concat } from '../../../../src/base/bytes.ts';
import { findingsAbout } from '../../../../src/check/rules/run.ts';
import type { Finding } from '../../../../src/model/report.ts';
import { findRelease } from '../../../../src/polkadot/node-releases.ts';
import { inspect } from '../../../../src/runtime/inspect.ts';
import { sectionId } from '../../../../src/wasm/sections.ts';
import { name, section } from '../../../../src/wasm/writer.ts';
import { runtimeVersion } from '../../../support/plain-pvf.ts';
import {
  concatenated,
  importedFunction,
  importedGlobal,
  importedMemory,
  importedTable,
  pvfModule,
  table,
  version,
} from '../../../support/pvf-module.ts';
import { accepted } from '../../../support/sample-reports.ts';

async function findingsOf(module: Uint8Array, nodes?: string): Promise<readonly Finding[]> {
  const findings = findingsAbout({
    facts: await inspect(module, 1024 * 1024),
    runtime: accepted.runtime,
    executorParams: [],
    items: [],
    stats: undefined,
    outcome: undefined,
    figures: 'measured',
    baseline: undefined,
    ...(nodes !== undefined && { nodes: findRelease(nodes) }),
  });
  return findings.filter(({ id }) => id !== 'not-compressed');
}

const memory = importedMemory();
const withImports = (...imports: readonly Uint8Array[]) => pvfModule({ imports: [memory, ...imports] });
const withCode = (...code: readonly number[]) => pvfModule({ code: Uint8Array.from(code) });
const withCustoms = (...customs: readonly Uint8Array[]) => pvfModule({ customs });
const custom = (sectionName: string, ...content: readonly Uint8Array[]) =>
  section(sectionId('custom'), name(sectionName), ...content);
const core = Uint8Array.of(0xdf, 0x6a, 0xcb, 0x68, 0x99, 0x07, 0x60, 0x9b, 5, 0, 0, 0);
const tryRuntime = Uint8Array.of(0xe0, 0x83, 0x7f, 0xce, 0x09, 0xf4, 0x82, 0x9a, 1, 0, 0, 0);
const benchmark = Uint8Array.of(0x67, 0xf4, 0xb8, 0xfb, 0xa8, 0x58, 0x78, 0x2a, 1, 0, 0, 0);
const memoryOfItsOwn = Uint8Array.of(0, 17);
const exportedMemory = concat(name('memory'), Uint8Array.of(2, 0));
const inFunction = /`<pallet_x::X as hooks::Hooks>::on_idle` \(function 2, offset 0x[0-9a-f]+\)/;

type Case = readonly [module: Uint8Array, id: string, severity: Finding['severity'], message: RegExp];

const cases: Readonly<Record<string, Case>> = {
  'sign extension': [withCode(0x41, 0, 0xc0, 0xac), 'opcode-sign-extension', 'error', inFunction],
  'bulk memory': [
    withCode(0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 10, 0, 0, 0x42, 0),
    'opcode-bulk-memory',
    'error',
    inFunction,
  ],
  'a saturating conversion': [withCode(0x43, 0, 0, 0, 0, 0xfc, 4), 'opcode-bulk-memory', 'error', inFunction],
  SIMD: [withCode(0xfd, 0x0f, 0x1a, 0x42, 0), 'opcode-simd', 'error', inFunction],
  'a tail call': [withCode(0x12, 0), 'opcode-tail-call', 'error', inFunction],
  'an atomic instruction': [withCode(0xfe, 0x03, 0), 'opcode-atomics', 'error', inFunction],
  'an exception': [withCode(0x08, 0), 'wasm-exceptions', 'error', inFunction],
  'a reference': [withCode(0xd0, 0x70, 0x1a, 0x42, 0), 'opcode-reference-types', 'error', inFunction],
  'a computed constant': [
    pvfModule({ heapBase: Uint8Array.of(0x41, 1, 0x41, 2, 0x6a) }),
    'extended-const',
    'error',
    /computed constants/,
  ],
  'an imported and an own memory': [pvfModule({ memories: [memoryOfItsOwn] }), 'two-memories', 'error', /both imports/],
  'two own memories': [
    pvfModule({ imports: [], memories: [memoryOfItsOwn, memoryOfItsOwn], exports: [exportedMemory] }),
    'multi-memory',
    'error',
    /several memories/,
  ],
  'two imported memories': [withImports(importedMemory('m')), 'multi-memory', 'error', /several memories/],
  'two tables': [pvfModule({ tables: [table, table] }), 'opcode-reference-types', 'error', /reference types/],
  'an imported table': [
    pvfModule({ imports: [memory, importedTable], tables: [] }),
    'unknown-imports',
    'error',
    /a table or a global.*: t\.$/,
  ],
  'an imported global': [withImports(importedGlobal), 'unknown-imports', 'error', /a table or a global.*: g\.$/],
  'a memory of another name': [pvfModule({ imports: [importedMemory('m')] }), 'no-memory', 'error', /another name/],
  'a start function': [pvfModule({ start: 3 }), 'start-function', 'warning', /start function/],
  'a host function with a wrong type': [
    withImports(importedFunction('ext_storage_get_version_1', 0)),
    'host-function-types',
    'error',
    /ext_storage_get_version_1 as \(i32, i32\) -> i64 instead of \(i64\) -> i64\.$/,
  ],
  'a host function without its result': [
    withImports(importedFunction('ext_hashing_twox_64_version_1', 2)),
    'host-function-types',
    'error',
    /as \(\) -> \(\) instead of \(i64\) -> i32\.$/,
  ],
  'the versions of two runtimes': [
    withCustoms(custom('runtime_version', runtimeVersion('mine', 2), runtimeVersion('other', 1))),
    'two-runtimes',
    'error',
    /mine 2 and other 1/,
  ],
  'two version sections': [withCustoms(version('mine', 2), version('other', 1)), 'two-runtimes', 'error', /mine 2 and/],
  'one version twice': [withCustoms(version('mine', 2), version('mine', 2)), 'two-runtimes', 'warning', /2 times/],
  'the API Core twice': [
    withCustoms(
      version('mine', 2),
      custom(
        'runtime_apis',
        core,
        tryRuntime.map((byte) => byte ^ 1),
        core,
      ),
    ),
    'two-runtimes',
    'warning',
    /Core more than once/,
  ],
  'an API of try-runtime': [
    withCustoms(version('mine', 2), custom('runtime_apis', core, tryRuntime)),
    'try-runtime-build',
    'warning',
    /TryRuntime/,
  ],
  'an API of benchmarks': [
    withCustoms(version('mine', 2), custom('runtime_apis', core, benchmark)),
    'benchmarking-build',
    'warning',
    /Benchmark/,
  ],
  'debug sections': [
    withCustoms(version('mine', 2), custom('.debug_info', new Uint8Array(100))),
    'debug-sections',
    'warning',
    /100 B of debug information/,
  ],
};

describe('the findings about a module that would stop a chain', () => {
  it('are none for a good module', async () => {
    assert.deepEqual(await findingsOf(pvfModule()), []);
    const imports = [
      importedFunction('ext_storage_get_version_1', 1),
      importedFunction('ext_allocator_free_version_1', 2),
    ];
    // The second has a wrong type, so the first one is looked at.
    const [only, ...others] = await findingsOf(withImports(...imports));
    assert.match(only?.message ?? '', /: ext_allocator_free_version_1 as \(\) -> \(\) instead of \(i32\) -> \(\)\.$/);
    assert.deepEqual(others, []);
  });

  for (const [title, [module, id, severity, message]] of Object.entries(cases)) {
    it(`name ${title}`, async () => {
      const [found, ...others] = await findingsOf(module);
      assert.deepEqual([found?.id, found?.severity, others], [id, severity, []]);
      assert.match(found?.message ?? '', message);
      assert.match(found?.hint ?? '', /[.?]$/);
    });
  }

  it('name exports that are there twice, before the compiler does', async () => {
    const again = concat(name('validate_block'), Uint8Array.of(0, 1));
    const found = await findingsOf(pvfModule({ exports: [again] }));
    assert.deepEqual(
      found.map(({ id }) => id),
      ['not-compilable', 'two-runtimes'],
    );
    assert.match(found[1]?.message ?? '', /exports validate_block more than once/);
  });

  it('name a start function with arguments, before the compiler does', async () => {
    const found = await findingsOf(pvfModule({ start: 0 }));
    assert.deepEqual(
      found.map(({ id }) => id),
      ['not-compilable', 'start-function'],
    );
  });

  it('name a second module behind the first', async () => {
    const found = await findingsOf(concatenated);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['two-runtimes'],
    );
    assert.equal(found[0]?.data?.['offset'], concatenated.length / 2);
  });

  it('name the place of the function when functions are imported', async () => {
    const imports = [memory, importedFunction('ext_storage_get_version_1', 1)];
    const [found] = await findingsOf(pvfModule({ imports, code: Uint8Array.of(0x12, 0) }));
    assert.match(found?.message ?? '', /on_idle` \(function 3, /);
    assert.equal(found?.data?.['function'], 3);
  });
});

describe('the release that nodes must have', () => {
  const removeBy = withImports(importedFunction('ext_statement_store_remove_by_version_1', 3));
  const proofSize = withImports(importedFunction('ext_storage_proof_size_storage_proof_size_version_1', 3));
  const only = async (module: Uint8Array, nodes?: string) =>
    (await findingsOf(module, nodes)).map(({ id, severity, message }) => [id, severity, message]);

  it('is told when it is recent', async () => {
    const message =
      'Your nodes must be stable2509 (polkadot 1.20.0) or newer: the module imports ext_statement_store_remove_by_version_1.';
    assert.deepEqual(await only(removeBy), [['newer-host-functions', 'information', message]]);
    assert.deepEqual(await only(proofSize), []);
  });

  it('is an error when the nodes are older', async () => {
    const [[id, severity, message] = []] = await only(removeBy, 'stable2506');
    assert.deepEqual([id, severity], ['newer-host-functions', 'error']);
    assert.match(message ?? '', /^Nodes of stable2506 \(polkadot 1\.19\.0\) can't run it; they must be stable2509/);
    assert.match((await only(proofSize, '1.4.0'))[0]?.[2] ?? '', /must be polkadot 1\.5\.0 or newer/);
  });

  it('is not told when the nodes have it', async () => {
    assert.deepEqual(await only(removeBy, 'stable2509'), []);
    assert.deepEqual(await only(proofSize, '1.5.0'), []);
  });
});
