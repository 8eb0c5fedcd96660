import assert from 'node:assert/strict';
import { concat } from '../../../../src/base/bytes.ts';
import type { SizeNode, Sizes } from '../../../../src/model/size-tree.ts';
import { readSizes, type SizesRequest } from '../../../../src/runtime/sizes/read-sizes.ts';
import { symbolReader } from '../../../../src/runtime/symbols/symbols.ts';
import { readCode } from '../../../../src/wasm/code-section.ts';
import type { FunctionCosts } from '../../../../src/wasm/function-costs.ts';
import { type Inspector, openInspector } from '../../../../src/wasm/inspector.ts';
import { readModule } from '../../../../src/wasm/module.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../../../src/wasm/writer.ts';
import { body, call, indirectCall, type NamedFunction, namedModule, tableOf } from '../../../support/named-module.ts';
import { assertSums } from '../../../support/size-trees.ts';
import { TINY_MODULE, TINY_SECTIONS } from '../samples.ts';

describe('readSizes', () => {
  let inspector: Inspector;
  const read = (bytes: Uint8Array, request: Partial<SizesRequest> = {}): Sizes | undefined => {
    const module = readModule(bytes);
    const code = readCode(bytes, module.sections, inspector);
    const symbols = symbolReader(inspector);
    return readSizes({ bytes, module, symbols, code, request: { depth: 'functions', ...request } });
  };
  const sizesOf = (bytes: Uint8Array, request: Partial<SizesRequest> = {}): Sizes => {
    const sizes = read(bytes, request);
    assert(sizes);
    assertSums(sizes);
    return sizes;
  };
  before(async () => {
    inspector = await openInspector();
  });

  it('groups instances of a generic function', () => {
    const { tree, attributedCodeBytes, codeBytes } = sizesOf(
      namedModule([
        ['_ZN5alloc7raw_vec6RawVec4grow17h0000000000000001E', body(call(1))],
        ['_ZN5alloc7raw_vec6RawVec4grow17h0000000000000002E', body()],
      ]),
    );
    const [alloc] = tree.children.find(({ name }) => name === 'code')?.children ?? [];
    assert.equal(attributedCodeBytes, codeBytes - 1);
    assert.deepEqual([alloc?.name, alloc?.functions, alloc?.children[0]?.name], ['alloc', 2, 'raw_vec']);
    const [grow, ...others] = alloc?.children[0]?.children ?? [];
    assert.deepEqual([grow?.kind, grow?.functions, others], ['function', 2, []]);
  });

  it('gives generic code to the pallet that calls it', () => {
    const { owners } = sizesOf(
      namedModule([
        ['_ZN10pallet_foo6pallet4call17h0000000000000001E', body(call(1))],
        ['_ZN5alloc7raw_vec6RawVec4grow17h0000000000000002E', body(call(2))],
        ['_ZN4core3fmt5write17h0000000000000003E', body()],
      ]),
    );
    assert.deepEqual(
      owners.map(({ name, functions }) => [name, functions]),
      [
        ['pallet_foo', 3],
        ['unattributed', 0],
      ],
    );
  });

  it('says what the removal of a pallet saves, and what keeps it', () => {
    const bytes = namedModule([
      ['_ZN10pallet_bar6pallet4call17h0000000000000000E', body(call(1), call(3))],
      ['_ZN10pallet_foo6pallet4call17h0000000000000001E', body(call(2), call(3))],
      ['_ZN5alloc7raw_vec6RawVec4grow17h0000000000000002E', body()],
      ['_ZN4core3fmt5write17h0000000000000003E', body()],
    ]);
    const [foo, ...others] = sizesOf(bytes, { why: 'pallet_foo' }).keptBy ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual(
      [foo?.kind, foo?.through, foo?.callers],
      ['pallet', ['pallet_bar::pallet::call'], ['pallet_bar::pallet::call']],
    );
    // Its own function and the one that only it calls.
    assert.equal(foo?.retainedBytes, 7 + 3);
    const [core] = sizesOf(bytes, { why: 'core::fmt::write' }).keptBy ?? [];
    assert.deepEqual([core?.kind, core?.retainedBytes, core?.callerCount], ['function', 3, 2]);
    assert.deepEqual(sizesOf(bytes, { why: 'nothing' }).keptBy, []);
    const { retained = [] } = sizesOf(bytes, { retained: 2 });
    assert.deepEqual(
      retained.map(({ kind }) => kind),
      ['pallet', 'pallet', 'function', 'function'],
    );
  });

  it('takes an indirect call to reach every function of its type in the table', () => {
    const bytes = namedModule(
      [
        ['validate_block', body(indirectCall)],
        ['_ZN10pallet_foo6pallet4hook17h0000000000000001E', body(call(2))],
        ['_ZN4core3fmt5write17h0000000000000003E', body()],
      ],
      tableOf(1),
    );
    const [foo] = sizesOf(bytes, { why: 'pallet_foo' }).keptBy ?? [];
    assert.deepEqual([foo?.inTable, foo?.callerCount, foo?.through], [1, 0, ['validate_block']]);
  });

  it('counts functions without names as unattributed', () => {
    const { tree, attributedCodeBytes } = sizesOf(TINY_MODULE);
    assert.equal(attributedCodeBytes, 0);
    const code = tree.children.find(({ name }) => name === 'code');
    assert.deepEqual(
      code?.children.map(({ kind, functions }) => [kind, functions]),
      [
        ['unattributed', 1],
        ['header', undefined],
      ],
    );
  });

  it('has no owners and no code for a module without code', () => {
    const { codeBytes, owners } = sizesOf(wasmModule(section(0, name('odd'), Uint8Array.of(1, 2, 3))));
    assert.deepEqual([codeBytes, owners], [0, []]);
    sizesOf(wasmModule());
    sizesOf(wasmModule(section(10, list())));
  });

  it('lists data segments under their names or places', () => {
    const segment = (content: number[]) => concat(Uint8Array.of(0, 0x41, 0x10, 0x0b), sized(Uint8Array.from(content)));
    const names = concat(Uint8Array.of(9), sized(list(concat(leb128(0), name('.rodata')))));
    const data = section(11, list(segment([1, 2, 3]), segment([])));
    const { tree } = sizesOf(wasmModule(section(5, list(Uint8Array.of(0, 1))), data, section(0, name('name'), names)));
    const node = tree.children.find(({ name }) => name === 'data');
    assert.deepEqual(
      node?.children.map(({ name, bytes }) => [name, bytes]),
      [
        ['.rodata', 8],
        ['segment 1 at 16', 5],
        ['header', 1],
      ],
    );
  });

  it('tells a custom section from the code, whose name it has', () => {
    const { code, ...others } = TINY_SECTIONS;
    const custom = section(0, name('code'), new Uint8Array(40));
    const { tree, codeBytes } = sizesOf(wasmModule(custom, ...Object.values(others), code));
    assert.equal(codeBytes, 6);
    assert.equal(tree.children.find(({ name: own }) => own === 'custom section code')?.bytes, 40);
  });

  it('keeps the sizes of a module with a damaged name section', () => {
    const { type, import: imports, function: functions, code } = TINY_SECTIONS;
    const { tree } = sizesOf(wasmModule(type, imports, functions, code, section(0, name('name'), Uint8Array.of(1, 9))));
    assert.deepEqual(tree.children.find(({ name }) => name === 'name')?.children, []);
  });

  it('has no sizes for a module that is damaged elsewhere', () => {
    const { type, import: imports, function: functions } = TINY_SECTIONS;
    assert.equal(read(TINY_MODULE.subarray(0, -1)), undefined);
    assert.equal(read(wasmModule(type, imports, functions, section(10, list(Uint8Array.of(9, 0))))), undefined);
    assert.equal(read(wasmModule(section(11, list(Uint8Array.of(9))))), undefined);
    assert.equal(read(wasmModule(section(11, list()), section(11, list()))), undefined);
  });

  describe('with the costs of a preparation', () => {
    const functions: NamedFunction[] = [
      ['_ZN10pallet_foo6pallet4call17h0000000000000001E', body(call(1), call(2))],
      ['_ZN5alloc7raw_vec6RawVec4grow17h0000000000000002E', body(call(2), call(3))],
      ['_ZN5alloc7raw_vec6RawVec4grow17h0000000000000003E', body()],
      ['', body()],
    ];
    const costs: FunctionCosts = {
      imports: 0,
      micros: Float64Array.of(1500.5, 20, 3, 7),
      machineCodeBytes: Uint32Array.of(100, 50, 0, 9),
      engineCpuMs: 9,
    };
    const bytes = namedModule(functions);
    const withCosts = (change: Partial<FunctionCosts>, depth: SizesRequest['depth'] = 'functions') => {
      const request: SizesRequest = { depth };
      const module = readModule(bytes);
      const code = readCode(bytes, module.sections, inspector);
      const symbols = symbolReader(inspector);
      const sizes = readSizes({ bytes, module, symbols, code, costs: { ...costs, ...change }, request });
      assert(sizes);
      assertSums(sizes);
      return sizes;
    };
    const costOf = ({ compileTimeMs, machineCodeBytes }: Pick<SizeNode, 'compileTimeMs' | 'machineCodeBytes'>) => [
      compileTimeMs,
      machineCodeBytes,
    ];

    it('sums them up for each part and each owner, and adds nothing for what was not measured', () => {
      const { tree, owners } = withCosts({});
      assert.deepEqual(costOf(tree), [1.5275, 159]);
      const code = tree.children.find(({ name }) => name === 'code');
      const costsByName = Object.fromEntries(code?.children.map((node) => [node.name, costOf(node)]) ?? []);
      assert.deepEqual(costsByName, {
        pallet_foo: [1.5005, 100],
        alloc: [0.02, 50],
        unattributed: [0.007, 9],
        header: [undefined, undefined],
      });
      assert.deepEqual(Object.fromEntries(owners.map((owner) => [owner.name, costOf(owner)])), {
        pallet_foo: [1.5275, 159],
        unattributed: [undefined, undefined],
      });
      assert.deepEqual(costOf(withCosts({}, 'crates').tree), [1.5275, 159]);
    });

    it('has none when they are those of another module', () => {
      const changes: Partial<FunctionCosts>[] = [
        { imports: 1 },
        { micros: new Float64Array(5) },
        { machineCodeBytes: new Uint32Array(3) },
      ];
      for (const change of changes) assert.deepEqual(withCosts(change), sizesOf(bytes));
    });
  });

  it('ends the tree at the crates on request', () => {
    const bytes = namedModule([['_ZN4core3fmt5write17h0000000000000003E', body()]]);
    const { tree } = sizesOf(bytes, { depth: 'crates' });
    const [core] = tree.children.find(({ name }) => name === 'code')?.children ?? [];
    assert.deepEqual([core?.name, core?.children], ['core', []]);
  });
});
