import assert from 'node:assert/strict';
import { concat } from '../../../src/base/bytes.ts';
import { customSection, readModule } from '../../../src/wasm/module.ts';
import { leb128, list, name, section, wasmModule } from '../../../src/wasm/writer.ts';
import { TINY_MODULE, TINY_SECTIONS } from '../runtime/samples.ts';

const LOG_TYPE = { params: ['i32', 'i32'], results: ['i64'] };

describe('readModule', () => {
  it('reads every part of a small module', () => {
    const read = readModule(TINY_MODULE);
    assert.equal(read.problem, undefined);
    assert.deepEqual(read.types, [LOG_TYPE]);
    assert.deepEqual(read.imports, [
      { module: 'env', name: 'ext_logging_log_version_1', kind: 'function', type: LOG_TYPE },
      { module: 'env', name: 'memory', kind: 'memory', memory: { min: 17, max: 20 } },
    ]);
    assert.deepEqual(read.exports, [{ name: 'validate_block', kind: 'function', index: 1, type: LOG_TYPE }]);
    assert.deepEqual(read.functionTypes, [0]);
    assert.equal(read.startFunction, 1);
    assert.deepEqual(
      read.sections.map((one) => one.name),
      ['type', 'import', 'function', 'export', 'start', 'code'],
    );
  });

  it('reads the empty module', () => {
    const { problem, sections, imports } = readModule(wasmModule());
    assert.deepEqual({ problem, sections, imports }, { problem: undefined, sections: [], imports: [] });
  });

  it('returns the names of custom sections and the size of their content', () => {
    const bytes = wasmModule(section(0, name('runtime_version'), Uint8Array.of(1, 2, 3)), section(0, name('code')));
    const { sections, problem } = readModule(bytes);
    assert.equal(problem, undefined);
    assert.deepEqual(
      sections.map((one) => [one.id, one.name, one.bytes]),
      [
        [0, 'runtime_version', 3],
        [0, 'code', 0],
      ],
    );
    assert.deepEqual(customSection(bytes, sections, 'runtime_version'), Uint8Array.of(1, 2, 3));
    assert.equal(customSection(bytes, sections, 'runtime_apis'), undefined);
  });

  it('reads imports and exports of every kind', () => {
    const field = (...rest: number[]) => concat(name('m'), name('n'), Uint8Array.from(rest));
    const imports = section(2, list(field(1, 0x70, 0, 5), field(2, 4, 1), field(3, 0x7e, 1), field(4, 0, 0)));
    const exports = section(
      7,
      list(...[0, 1, 2, 3, 4].map((kind) => concat(name(`e${kind}`), Uint8Array.of(kind, 7)))),
    );
    const read = readModule(wasmModule(TINY_SECTIONS.type, imports, exports));
    assert.equal(read.problem, undefined);
    assert.deepEqual(
      read.imports.map(({ kind }) => kind),
      ['table', 'memory', 'global', 'tag'],
    );
    assert.deepEqual(
      read.exports.map(({ kind, index }) => [kind, index]),
      ['function', 'table', 'memory', 'global', 'tag'].map((kind) => [kind, 7]),
    );
  });

  it('leaves out the type of a missing function', () => {
    const exports = section(7, list(concat(name('far'), Uint8Array.of(0, 99))));
    assert.deepEqual(readModule(wasmModule(exports)).exports, [{ name: 'far', kind: 'function', index: 99 }]);
  });
});

describe('readModule of a damaged module', () => {
  const { type, import: imports, function: functions, export: exports, code } = TINY_SECTIONS;
  const cases: [string, Uint8Array, RegExp, number][] = [
    ['other content', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), /not a wasm module/, 0],
    ['a truncated header', TINY_MODULE.subarray(0, 6), /unexpected end/, 4],
    ['version 2', Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0), /unknown wasm version 2/, 4],
    ['a component', Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), /component, not a module/, 4],
    ['a truncated section', TINY_MODULE.subarray(0, -1), /code section is cut off/, TINY_MODULE.length - code.length],
    ['a trailing zero', concat(TINY_MODULE, Uint8Array.of(0)), /unexpected end/, TINY_MODULE.length + 1],
    ['an unknown section', wasmModule(section(77)), /unknown section id 77/, 8],
    ['a duplicate section', wasmModule(type, type), /duplicate \(in the type section\)/, 10 + type.length],
    ['trailing bytes', wasmModule(section(3, leb128(0), leb128(0))), /trailing bytes/, 11],
    ['a count beyond the content', wasmModule(section(1, leb128(5))), /unexpected end/, 11],
    ['a count above the limit', wasmModule(section(1, leb128(1_000_001))), /a list of 1000001 items/, 10],
    [
      'a number of six bytes',
      wasmModule(section(3, Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0))),
      /more than 32 bits/,
      10,
    ],
    [
      'a number of 33 bits',
      wasmModule(section(3, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x1f))),
      /more than 32 bits/,
      10,
    ],
    ['a name that is not UTF-8', wasmModule(section(0, leb128(1), Uint8Array.of(0xff))), /not UTF-8/, 10],
    [
      'a type that is not a function type',
      wasmModule(section(1, list(Uint8Array.of(0x5f)))),
      /not a function type/,
      11,
    ],
    [
      'an unknown value type',
      wasmModule(section(1, list(Uint8Array.of(0x60, 1, 0x11, 0)))),
      /unknown value type 0x11/,
      13,
    ],
    [
      'an unknown import kind',
      wasmModule(section(2, list(concat(name(''), name(''), leb128(9))))),
      /unknown kind of import or export 9/,
      13,
    ],
    ['unknown limits flags', wasmModule(section(5, list(Uint8Array.of(8, 1)))), /unknown limits flags 8/, 11],
    [
      'fewer bodies than declared functions',
      wasmModule(type, functions, section(10, leb128(0))),
      /declares 1 functions but has 0 bodies/,
      10 + type.length + functions.length,
    ],
    [
      'no code section',
      wasmModule(type, functions),
      /declares 1 functions but has 0 bodies/,
      8 + type.length + functions.length,
    ],
  ];
  for (const [title, bytes, reason, at] of cases) {
    it(`reports ${title}`, () => {
      const { problem } = readModule(bytes);
      assert.match(problem?.reason ?? 'none', reason);
      assert.equal(problem?.at, at);
    });
  }

  it('keeps the sections before the damage', () => {
    const read = readModule(TINY_MODULE.subarray(0, -1));
    assert.equal(read.imports.length, 2);
    assert.equal(read.exports.length, 1);
    assert.deepEqual(read.functionTypes, [0]);
  });

  it('continues after a damaged section', () => {
    const read = readModule(wasmModule(type, section(2, leb128(3)), functions, exports, code));
    assert.match(read.problem?.reason ?? '', /in the import section/);
    assert.deepEqual(read.imports, []);
    assert.equal(read.exports[0]?.name, 'validate_block');
  });

  it('reads the rest of a module with a duplicate section', () => {
    const read = readModule(wasmModule(type, imports, imports, functions, code));
    assert.match(read.problem?.reason ?? '', /duplicate \(in the import section\)/);
    assert.deepEqual(read.functionTypes, [0]);
  });
});
