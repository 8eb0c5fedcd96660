import assert from 'node:assert/strict';
import { concat } from '../../../src/base/bytes.ts';
import { inspect, type RuntimeProblem } from '../../../src/runtime/inspect.ts';
import { leb128, list, name, section, wasmModule } from '../../../src/wasm/writer.ts';
import { compressed, PATTERN, PATTERN_FRAMES, raw, TINY_MODULE, TINY_SECTIONS, zstdFrame } from './samples.ts';

const LIMIT = 1024 * 1024;
const wrapped = (bytes: Uint8Array) => compressed(zstdFrame([{ kind: 'raw', body: bytes }]));
const VERSION_SECTION = section(
  0,
  name('runtime_version'),
  Uint8Array.of(4, 0x73, 4, 0x69, 1, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 1),
);

describe('inspect', () => {
  it('describes a module', async () => {
    const facts = await inspect(concat(TINY_MODULE, VERSION_SECTION), LIMIT);
    const { imports, exports, sections, ...rest } = facts;
    assert.deepEqual(rest, {
      storedBytes: TINY_MODULE.length + VERSION_SECTION.length,
      rawBytes: TINY_MODULE.length + VERSION_SECTION.length,
      compression: { kind: 'none' },
      specName: 's',
      specVersion: 7,
      implVersion: 2,
      runtimeVersion: {
        specName: 's',
        implName: 'i',
        authoringVersion: 1,
        specVersion: 7,
        implVersion: 2,
        transactionVersion: 3,
        stateVersion: 1,
      },
      functions: 1,
      missingImports: [],
      newImports: [],
      mistypedImports: [{ name: 'ext_logging_log_version_1', expected: 'i32 i64 i64 ->', found: 'i32 i32 -> i64' }],
      isParachain: true,
      memory: { imported: true, min: 17, max: 20 },
      startFunction: 1,
      foreseenError: {
        tag: 'Preparation',
        text: 'Other("cannot precompile module: failed to parse WebAssembly module: invalid start function type',
      },
    });
    assert.deepEqual(
      imports?.map(({ kind }) => kind),
      ['function', 'memory'],
    );
    assert.deepEqual(
      exports?.map(({ name: exported }) => exported),
      ['validate_block'],
    );
    assert.deepEqual(sections?.at(-1), { name: 'runtime_version', bytes: 22 });
  });

  it('describes a compressed module and its compression', async () => {
    const stored = wrapped(TINY_MODULE);
    const plain = await inspect(TINY_MODULE, LIMIT);
    assert.deepEqual(await inspect(stored, LIMIT), {
      ...plain,
      storedBytes: stored.length,
      compression: { kind: 'zstd', windowLog: 17 },
    });
  });

  it('finds a memory that the module defines', async () => {
    const facts = await inspect(wasmModule(section(5, list(Uint8Array.of(0, 19)))), LIMIT);
    assert.deepEqual(facts.memory, { imported: false, min: 19 });
  });

  it('has nothing of the sections that an intact module lacks', async () => {
    const { functions, imports, exports, memory } = await inspect(wasmModule(), LIMIT);
    assert.deepEqual(
      { functions, imports, exports, memory },
      { functions: 0, imports: [], exports: [], memory: undefined },
    );
  });

  const problems: [string, Uint8Array, RuntimeProblem][] = [
    ['a bomb', compressed(PATTERN_FRAMES.level22), { kind: 'bomb', bombLimit: 11_000 }],
    [
      'damaged compression',
      compressed(Uint8Array.of(9, 9, 9, 9)),
      { kind: 'damaged-compression', reason: 'no zstd frame begins here', at: 8 },
    ],
    ['compressed text', wrapped(PATTERN.subarray(0, 100)), { kind: 'not-wasm', is: 'unknown' }],
    ['a blob compressed twice', wrapped(wrapped(TINY_MODULE)), { kind: 'not-wasm', is: 'unknown' }],
    ['PolkaVM', compressed(zstdFrame([raw('PVM\0')])), { kind: 'not-wasm', is: 'polkavm' }],
    ['other content', PATTERN, { kind: 'not-wasm', is: 'unknown' }],
    [
      'a truncated module',
      TINY_MODULE.subarray(0, -1),
      {
        kind: 'damaged-module',
        reason: 'the code section is cut off',
        at: TINY_MODULE.length - TINY_SECTIONS.code.length,
      },
    ],
    [
      'a damaged version',
      wasmModule(section(0, name('runtime_version'), leb128(3))),
      { kind: 'damaged-runtime-version' },
    ],
  ];
  for (const [title, stored, problem] of problems) {
    it(`reports ${title}`, async () => {
      const facts = await inspect(stored, 11_000);
      assert.deepEqual(facts.problem, problem);
      assert.equal(facts.storedBytes, stored.length);
    });
  }

  it('leaves out what a damaged module may have lost', async () => {
    const { type, import: imports } = TINY_SECTIONS;
    const facts = await inspect(wasmModule(type, imports, Uint8Array.of(3, 50)), LIMIT);
    assert.equal(facts.imports?.length, 2);
    assert.equal(facts.functions, undefined);
    assert.equal(facts.exports, undefined);
  });
});
