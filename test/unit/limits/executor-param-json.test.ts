import assert from 'node:assert/strict';
import { executorParamSchema, summarizeExecutorParam } from '../../../src/limits/executor-param-json.ts';
import { ConfigError, parseConfig } from '../../../src/limits/json-file.ts';
import type { ExecutorParam } from '../../../src/polkadot/executor-params.ts';

const parseExecutorParam = (where: string, value: unknown) => parseConfig(executorParamSchema, where, value);

const U64_MAX = 2n ** 64n - 1n;

/** Every param, in a file and on the wire. */
const valid: readonly (readonly [json: object, param: ExecutorParam])[] = [
  [
    { name: 'MaxMemoryPages', value: 8192 },
    { tag: 'MaxMemoryPages', value: 8192 },
  ],
  [
    { name: 'StackLogicalMax', value: 65_536 },
    { tag: 'StackLogicalMax', value: 65_536 },
  ],
  [
    { name: 'StackNativeMax', value: 268_435_456 },
    { tag: 'StackNativeMax', value: 268_435_456 },
  ],
  [
    { name: 'PrecheckingMaxMemory', value: '2147483648' },
    { tag: 'PrecheckingMaxMemory', value: 2147483648n },
  ],
  [
    { name: 'PvfPrepTimeout', kind: 'Precheck', value: '60000' },
    { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 60_000n } },
  ],
  [
    { name: 'PvfPrepTimeout', kind: 'Prepare', value: String(U64_MAX) },
    { tag: 'PvfPrepTimeout', value: { kind: 'Prepare', millis: U64_MAX } },
  ],
  [
    { name: 'PvfExecTimeout', kind: 'Backing', value: '2000' },
    { tag: 'PvfExecTimeout', value: { kind: 'Backing', millis: 2000n } },
  ],
  [
    { name: 'PvfExecTimeout', kind: 'Approval', value: '12000' },
    { tag: 'PvfExecTimeout', value: { kind: 'Approval', millis: 12_000n } },
  ],
  [{ name: 'WasmExtBulkMemory' }, { tag: 'WasmExtBulkMemory', value: undefined }],
  [
    { name: 'EnabledHostFunction', kind: 'EccRfc163' },
    { tag: 'EnabledHostFunction', value: 'EccRfc163' },
  ],
];

/** Ranges of `ExecutorParams::check_consistency` (protocol, 3.2). */
const ranges: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = {
  MaxMemoryPages: [1n, 65_536n],
  StackLogicalMax: [1024n, 131_072n],
  StackNativeMax: [128n * 1024n, 2n ** 32n - 1n],
  PrecheckingMaxMemory: [256n << 20n, 16n << 30n],
};

const invalid: Readonly<Record<string, readonly [json: unknown, cause: RegExp]>> = {
  'an unknown name': [{ name: 'MaxMemory', value: 1 }, /name must be one of MaxMemoryPages, .*, not "MaxMemory"/],
  'a name that every object has': [{ name: 'toString' }, /name must be one of .*, not "toString"/],
  'no name': [{}, /name must be one of .*, not undefined/],
  'a text instead of an object': ['WasmExtBulkMemory', /must be an object with a name, one of MaxMemoryPages/],
  'a null': [null, /must be an object with a name, one of MaxMemoryPages/],
  'a list': [[], /name must be one of/],
  'a member of another param': [
    { name: 'MaxMemoryPages', value: 1, kind: 'Precheck' },
    /unknown member kind; the known members are name, value/,
  ],
  'no value': [{ name: 'MaxMemoryPages' }, /whole number from 1 to 65536/],
  'half a page': [{ name: 'MaxMemoryPages', value: 1.5 }, /whole number/],
  'a negative value': [{ name: 'MaxMemoryPages', value: -1 }, /whole number/],
  'a value in a list': [{ name: 'MaxMemoryPages', value: [5] }, /whole number/],
  'a hexadecimal value': [{ name: 'MaxMemoryPages', value: '0x10' }, /whole number/],
  'a value that lost digits': [{ name: 'PrecheckingMaxMemory', value: 1e21 }, /whole number/],
  'a timeout without its kind': [{ name: 'PvfPrepTimeout', value: 1000 }, /kind must be Precheck or Prepare/],
  "another timeout's kind": [{ name: 'PvfPrepTimeout', kind: 'Backing', value: 1000 }, /Precheck or Prepare/],
  'a timeout of 0': [{ name: 'PvfExecTimeout', kind: 'Backing', value: 0 }, /whole number from 1/],
  'a timeout above 64 bits': [
    { name: 'PvfExecTimeout', kind: 'Backing', value: String(U64_MAX + 1n) },
    /to 18446744073709551615/,
  ],
  'an unknown host function': [{ name: 'EnabledHostFunction', kind: 'Ecc' }, /kind must be EccRfc163/],
};

describe('executorParamSchema', () => {
  for (const [json, param] of valid) {
    it(`reads ${JSON.stringify(json)}, and summarizeExecutorParam writes it`, () => {
      assert.deepEqual(parseExecutorParam('p', json), param);
      assert.deepEqual(summarizeExecutorParam(param), json);
    });
  }

  it('accepts the value as a number or a string', () => {
    assert.deepEqual(
      parseExecutorParam('p', { name: 'MaxMemoryPages', value: '7' }),
      parseExecutorParam('p', { name: 'MaxMemoryPages', value: 7 }),
    );
  });

  for (const [name, [least, most]] of Object.entries(ranges)) {
    it(`accepts ${name} from ${least} to ${most}`, () => {
      for (const value of [least, most]) assert.ok(parseExecutorParam('p', { name, value: String(value) }));
      for (const value of [least - 1n, most + 1n]) {
        assert.throws(() => parseExecutorParam('p', { name, value: String(value) }), ConfigError);
      }
    });
  }

  for (const [name, [json, cause]] of Object.entries(invalid)) {
    it(`rejects ${name} and reports the place`, () => {
      assert.throws(
        () => parseExecutorParam('chain.json: executorParams[2]', json),
        (error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, /^chain\.json: executorParams\[2\]: .*\.$/);
          assert.match(error.message, cause);
          return true;
        },
      );
    });
  }
});
