import assert from 'node:assert/strict';
import { concat } from '../../../src/base/bytes.ts';
import { findingsAboutOutcome } from '../../../src/check/rules/run.ts';
import { findNamedPostMvpUse, type NamedPostMvpUse } from '../../../src/runtime/post-mvp-names.ts';
import { readCode } from '../../../src/wasm/code-section.ts';
import { openInspector } from '../../../src/wasm/inspector.ts';
import { findPostMvpUse, type PostMvpUse } from '../../../src/wasm/post-mvp.ts';
import { readSections, type SectionName, sectionId } from '../../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../../src/wasm/writer.ts';
import { TINY_MODULE } from '../runtime/samples.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const part = (of: SectionName, ...content: Uint8Array[]) => section(sectionId(of), ...content);

const TYPE = part('type', list(bytes(0x60, 0, 0)));
const IMPORT = part('import', list(concat(name('env'), name('f'), bytes(0, 0))));
const END = 0x0b;
const body = (...code: number[]) => sized(bytes(0), bytes(...code, END));

function names(...functions: readonly (readonly [index: number, name: string])[]): Uint8Array {
  const entries = list(...functions.map(([index, text]) => concat(leb128(index), name(text))));
  return section(0, name('name'), bytes(0), sized(name('module')), bytes(1), sized(entries));
}

/** One imported function, one plain function, and one with this code: function 2. */
function moduleWith(code: readonly number[], functionName = 'worker'): Uint8Array {
  return wasmModule(
    TYPE,
    IMPORT,
    part('function', list(bytes(0), bytes(0))),
    part('code', list(body(0x01), body(...code))),
    names([1, 'plain'], [2, functionName]),
  );
}

const inspector = await openInspector();

function search(module: Uint8Array): PostMvpUse | undefined {
  const { sections } = readSections(module);
  return findPostMvpUse(module, sections, readCode(module, sections, inspector));
}

function searchNamed(module: Uint8Array): Promise<NamedPostMvpUse | undefined> {
  const { sections } = readSections(module);
  return findNamedPostMvpUse(module, sections, readCode(module, sections, inspector));
}

const instructions: readonly (readonly [feature: string, name: string, code: readonly number[]])[] = [
  ['sign-extension', 'i32.extend8_s', [0x41, 0, 0xc0, 0x1a]],
  ['sign-extension', 'i64.extend32_s', [0x42, 0x80, 0x7f, 0xc4, 0x1a]],
  ['bulk-memory', 'memory.copy', [0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 10, 0, 0]],
  ['bulk-memory', 'memory.fill', [0xfc, 11, 0]],
  ['saturating-float', 'i32.trunc_sat_f64_u', [0x44, 0, 0, 0, 0, 0, 0, 0xfc, 0xfc, 0xfc, 3]],
  ['reference-types', 'call_indirect with a table index', [0x11, 0, 0x80, 0x80, 0x80, 0x80, 0]],
  ['reference-types', 'ref.null', [0xd0, 0x70]],
  ['reference-types', 'table.get', [0x25, 0]],
  ['reference-types', 'select (result)', [0x1c, 1, 0x7f]],
  ['reference-types', 'table.size', [0xfc, 16, 0]],
  ['exceptions', 'throw', [0x08, 0]],
  ['exceptions', 'try_table', [0x1f, 0x40, 0, END]],
  ['simd', '0xfd 0x0c', [0xfd, 12]],
  ['simd', 'v128', [0x02, 0x7b, END]],
  ['multi-value', 'block with a function type', [0x03, 0, END]],
  ['tail-call', 'return_call', [0x12, 0]],
  ['threads', '0xfe 0x03', [0xfe, 3, 0]],
  ['multi-memory', 'memory.grow', [0x40, 1]],
  ['multi-memory', 'load or store with a memory index', [0x28, 0x42, 1, 0]],
  ['gc', 'call_ref', [0x14, 0]],
  ['stack-switching', 'suspend', [0xe2, 0]],
  ['unknown', '0xff', [0xff]],
];

describe('findPostMvpUse', () => {
  for (const [feature, instruction, code] of instructions) {
    it(`finds ${instruction} (${feature}) in its function`, () => {
      const module = moduleWith(code);
      const found = search(module);
      const { index, name: what, offset = 0 } = found?.inFunction ?? {};
      assert.deepEqual([found?.feature, index, what], [feature, 2, instruction]);
      assert.equal(found?.offset, offset);
      assert.ok(code.includes(module[offset] ?? -1));
    });
  }

  it('reads every instruction of the first version', () => {
    const code = [
      ...[0x02, 0x40, 0x03, 0x7f, 0x41, 0, 0x0d, 0, 0x41, 0, 0x0e, 2, 0, 1, 0, END, 0x1a, END],
      ...[0x04, 0x7e, 0x05, END, 0x10, 0x80, 0x00, 0x11, 0x00, 0x00, 0x1b, 0x20, 0xc0, 0x01, 0x24, 0xfc, 0x01],
      ...[0x28, 2, 0xfc, 0x01, 0x3e, 3, 0xc0, 0x00, 0x3f, 0, 0x40, 0, 0x41, 0xfc, 0x00, 0x42, 0xc0, 0x7f],
      ...[0x43, 0xfd, 0xfe, 0xc0, 0xfc, 0x44, 0xfd, 0xfe, 0xc0, 0xfc, 0xd0, 0xd1, 0xd2, 0x12, 0x45, 0xbf, 0x0f, 0x00],
    ];
    assert.equal(search(moduleWith(code)), undefined);
    assert.equal(search(TINY_MODULE), undefined);
  });

  const sections: readonly (readonly [feature: string, name: string, module: Uint8Array])[] = [
    ['exceptions', 'tag section', wasmModule(TYPE, part('tag', list(bytes(0, 0))))],
    [
      'exceptions',
      'imported tag',
      wasmModule(TYPE, part('import', list(concat(name('e'), name('t'), bytes(4, 0, 0))))),
    ],
    ['multi-value', 'function type with 2 results', wasmModule(part('type', list(bytes(0x60, 0, 2, 0x7f, 0x7f))))],
    ['simd', 'v128', wasmModule(part('type', list(bytes(0x60, 1, 0x7b, 0))))],
    ['reference-types', 'externref', wasmModule(part('table', list(bytes(0x6f, 0, 1))))],
    ['threads', 'shared memory', wasmModule(part('memory', list(bytes(3, 1, 2))))],
    ['memory64', '64-bit memory or table', wasmModule(part('memory', list(bytes(4, 1))))],
    ['custom-page-sizes', 'memory with its own page size', wasmModule(part('memory', list(bytes(8, 1, 0))))],
    ['gc', 'struct', wasmModule(part('type', list(bytes(0x5f, 0))))],
    ['threads', 'shared global', wasmModule(part('global', list(bytes(0x7f, 2, 0x41, 0, END))))],
    ['bulk-memory', 'passive data segment', wasmModule(part('data', list(bytes(1, 2, 0xc0, 0xc0))))],
    ['reference-types', 'element segment of kind 3', wasmModule(part('element', list(bytes(3, 0, 1, 0))))],
  ];
  for (const [feature, what, module] of sections) {
    it(`finds: ${what} (${feature})`, () => {
      const found = search(module);
      assert.deepEqual([found?.feature, found?.name, found?.inFunction], [feature, what, undefined]);
    });
  }

  it('names the first function with the feature when a section before the code has it, too', () => {
    const tag = part('tag', list(bytes(0, 0)));
    const code = part('code', list(body(), body(0x08, 0)));
    const functions = part('function', list(bytes(0), bytes(0)));
    const found = search(wasmModule(TYPE, functions, tag, code, names([1, 'thrower'])));
    assert.deepEqual([found?.name, found?.inFunction?.name, found?.inFunction?.index], ['tag section', 'throw', 1]);
  });

  it('finds nothing behind the damage where the parser stops', () => {
    const functions = part('function', list(bytes(0)));
    const signExtension = part('code', list(body(0xc0)));
    const damaged = [
      // A section that is longer than its content, one out of order, and a body that ends before its section says so.
      wasmModule(part('type', list(bytes(0x60, 0, 0)), bytes(0)), functions, signExtension),
      wasmModule(functions, TYPE, signExtension),
      wasmModule(TYPE, functions, part('code', list(sized(bytes(0, END, 0xc0, END))))),
      // An unknown value type, and a count of labels that the body has no room for.
      wasmModule(part('type', list(bytes(0x60, 1, 0x55, 0))), functions, signExtension),
      wasmModule(TYPE, functions, part('code', list(body(0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f)))),
    ];
    assert.deepEqual(
      damaged.map(search),
      damaged.map(() => undefined),
    );
  });

  it('has readable names without control characters, of at most 200 characters', async () => {
    const named = async (text: string) => {
      const module = moduleWith([0xc0], text);
      return (await searchNamed(module))?.inFunction?.functionName;
    };
    const on =
      '_ZN66_$LT$pallet_x..Pallet$LT$T$GT$$u20$as$u20$frame_support..Hooks$GT$13on_initialize17h0123456789abcdefE';
    assert.equal(await named(on), '<pallet_x::Pallet<T> as frame_support::Hooks>::on_initialize');
    assert.equal(await named('core::str::from_utf8::h0123456789abcdef'), 'core::str::from_utf8');
    assert.equal(await named('_ZN99short'), '_ZN99short');
    assert.equal(await named('a\u001b[31mb\n'), 'a�[31mb�');
    assert.equal((await named('x'.repeat(1000)))?.length, 201);
  });

  it('is told in the finding about the rejection', async () => {
    const message = async (text: string, module: Uint8Array) => {
      const error = { tag: 'Prevalidation', value: `Other("cannot deserialize module: ${text}")` } as const;
      const postMvp = await searchNamed(module);
      assert.ok(postMvp);
      const [finding] = findingsAboutOutcome({ kind: 'concluded', error }, 'measured', { postMvp });
      return [finding?.id, finding?.message];
    };
    const module = moduleWith([0xc0]);
    const at = `0x${(module.lastIndexOf(0xc0) ?? 0).toString(16)}`;
    assert.deepEqual(await message('UnknownOpcode(192)', module), [
      'opcode-sign-extension',
      `Validators would reject it: it uses sign-extension instructions. The first one is in \`worker\` (function 2, offset ${at}): i32.extend8_s.`,
    ]);
    assert.match(
      (await message('UnknownOpcode(252)', moduleWith([0xfc, 0])))[1] ?? '',
      /^Validators would reject it: it uses saturating float conversions\. The first one is in `worker`/,
    );
    // The parser takes the flags of a passive segment for a table index, and its bytes for instructions.
    const passive = wasmModule(part('element', list(bytes(1, 0, 0xc0, 0))));
    assert.deepEqual(await message('UnknownOpcode(192)', passive), [
      'opcode-bulk-memory',
      'Validators would reject it: it uses bulk-memory instructions. The first use is at offset 0xb: passive element segment.',
    ]);
  });
});
