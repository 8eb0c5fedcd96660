import assert from 'node:assert/strict';
import { readSizes } from '../../../../src/runtime/sizes/read-sizes.ts';
import { symbolReader } from '../../../../src/runtime/symbols/symbols.ts';
import { readCode } from '../../../../src/wasm/code-section.ts';
import { type Inspector, openInspector } from '../../../../src/wasm/inspector.ts';
import { readModule } from '../../../../src/wasm/module.ts';
import { body, call, indirectCall, type NamedFunction, namedModule, tableOf } from '../../../support/named-module.ts';

const legacy = (...parts: readonly string[]) =>
  `_ZN${parts.map((part) => `${part.length}${part}`).join('')}17h0123456789abcdefE`;
const foo = legacy('pallet_foo', 'pallet', 'call');
const bar = legacy('pallet_bar', 'pallet', 'call');
const write = legacy('core', 'fmt', 'write');
const grow = legacy('alloc', 'raw_vec', 'grow');
const parachainSystem = legacy('cumulus_pallet_parachain_system', 'validate_block', 'block');
const storage = legacy('_$LT$sp_state_machine..Ext$u20$as$u20$sp_externalities..Externalities$GT$', 'storage');
const executor = legacy('xcm_executor', 'XcmExecutor$LT$Config$GT$', 'execute');
const runtime = legacy('foo_runtime', 'Runtime', 'metadata');
const typeInfo = legacy('_$LT$sp_runtime..Era$u20$as$u20$scale_info..TypeInfo$GT$', 'type_info');

describe('the owner of library code', () => {
  let inspector: Inspector;
  before(async () => {
    inspector = await openInspector();
  });
  const functionsOf = (functions: readonly NamedFunction[], ...more: Uint8Array[]) => {
    const bytes = namedModule(functions, ...more);
    const module = readModule(bytes);
    const code = readCode(bytes, module.sections, inspector);
    const sizes = readSizes({ bytes, module, symbols: symbolReader(inspector), code, request: { depth: 'crates' } });
    assert(sizes);
    return Object.fromEntries(sizes.owners.map(({ name, functions: count }) => [name, count]));
  };

  it('is the pallet that has most of the callers', () => {
    const functions: NamedFunction[] = [
      [foo, body(call(1), call(2), call(3))],
      [foo, body(call(3))],
      [bar, body(call(3))],
      [write, body()],
    ];
    assert.deepEqual(functionsOf(functions), { pallet_foo: 3, pallet_bar: 1, unattributed: 0 });
  });

  it('is nobody when two pallets call it alike', () => {
    const functions: NamedFunction[] = [
      ['validate_block', body(call(1), call(2))],
      [foo, body(call(3))],
      [bar, body(call(3))],
      [write, body(call(4))],
      [grow, body()],
    ];
    assert.deepEqual(functionsOf(functions), { pallet_foo: 1, pallet_bar: 1, unattributed: 3 });
  });

  it('is nobody when less than half of the callers have an owner', () => {
    const functions: NamedFunction[] = [
      ['validate_block', body(call(1), call(2), call(3))],
      [foo, body(call(4))],
      [write, body(call(4))],
      [write, body(call(4))],
      [grow, body()],
    ];
    assert.deepEqual(functionsOf(functions), { pallet_foo: 1, unattributed: 4 });
  });

  it('is nobody when a pallet may call it through a table', () => {
    const functions: NamedFunction[] = [
      ['validate_block', body(indirectCall, call(1))],
      [foo, body(indirectCall)],
      [write, body(call(3))],
      [grow, body()],
    ];
    assert.deepEqual(functionsOf(functions, tableOf(2)), { pallet_foo: 1, unattributed: 3 });
  });

  it('is the pallet that the library is for, also through a table', () => {
    const functions: NamedFunction[] = [
      ['validate_block', body(indirectCall, call(1))],
      [parachainSystem, body()],
      [storage, body(call(3))],
      [grow, body()],
    ];
    assert.deepEqual(functionsOf(functions, tableOf(2)), {
      cumulus_pallet_parachain_system: 3,
      unattributed: 1,
    });
  });

  it('is nobody when the module has no code of the pallet that the library is for', () => {
    const functions: NamedFunction[] = [
      ['validate_block', body(indirectCall)],
      [storage, body()],
    ];
    assert.deepEqual(functionsOf(functions, tableOf(1)), { unattributed: 2 });
  });

  it('is the runtime for its XCM executor and for the types in its metadata', () => {
    const functions: NamedFunction[] = [
      [runtime, body(indirectCall, call(1), call(2))],
      [foo, body(call(3))],
      [bar, body(call(3))],
      [executor, body()],
      [typeInfo, body()],
    ];
    assert.deepEqual(functionsOf(functions, tableOf(4)), {
      foo_runtime: 3,
      pallet_foo: 1,
      pallet_bar: 1,
      unattributed: 0,
    });
  });

  it('is the function through which every call comes, whoever calls in between', () => {
    const functions: NamedFunction[] = [
      [foo, body(call(1), indirectCall)],
      [write, body(call(3))],
      [write, body(call(3))],
      [grow, body()],
    ];
    assert.deepEqual(functionsOf(functions, tableOf(2)), { pallet_foo: 4, unattributed: 0 });
  });
});
