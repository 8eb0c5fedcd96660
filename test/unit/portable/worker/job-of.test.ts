import assert from 'node:assert/strict';
import type { ExecutorParam } from '../../../../src/polkadot/executor-params.ts';
import { optionLines } from '../../../../src/portable/wasm/option-lines.ts';
import { jobOf } from '../../../../src/portable/worker/job-of.ts';
import { rustIoError } from '../../../../src/portable/worker/rust-io-error.ts';

const target = { cpu: 'x86-64-v3', features: ['has_avx', 'has_avx2'] } as const;

function job(executorParams: ExecutorParam[]) {
  const request = {
    maybeCompressedCode: new Uint8Array(8),
    validationCodeBombLimit: 100,
    codeHash: new Uint8Array(32),
    executorParams,
    prepTimeout: { secs: 1n, nanos: 500_000_000 },
    prepKind: 'Prechecking',
  } as const;
  return jobOf(request, { target, workerDir: '/dir', costs: false });
}

describe('jobOf', () => {
  it('omits params that the request lacks', () => {
    assert.deepEqual(job([]), {
      code: new Uint8Array(8),
      bombLimit: 100,
      target,
      bulkMemory: false,
      eccRfc163: false,
      cpuLimitMs: 1500,
      kind: 'Prechecking',
      costs: false,
      artifactPath: '/dir/tmp-artifact',
    });
  });

  it('uses the last of repeated params, but the first memory limit', () => {
    const { stackLogicalMax, stackNativeMax, memoryLimit } = job([
      { tag: 'StackLogicalMax', value: 1 },
      { tag: 'StackLogicalMax', value: 2 },
      { tag: 'StackNativeMax', value: 0 },
      { tag: 'PrecheckingMaxMemory', value: 5n },
      { tag: 'PrecheckingMaxMemory', value: 6n },
    ]);
    assert.deepEqual(
      { stackLogicalMax, stackNativeMax, memoryLimit },
      { stackLogicalMax: 2, stackNativeMax: 0, memoryLimit: 5n },
    );
  });

  for (const value of [0n, 2n ** 63n, 2n ** 64n - 1n]) {
    it(`ignores a memory limit of ${value}`, () => {
      assert.equal(job([{ tag: 'PrecheckingMaxMemory', value }]).memoryLimit, undefined);
    });
  }

  it('asks for costs only when the worker was told to', () => {
    assert.match(optionLines({ ...job([]), costs: true }, false), /^costs=true$/m);
  });

  it('produces option lines with keys that the engine supports', () => {
    const params: ExecutorParam[] = [
      { tag: 'StackLogicalMax', value: 0 },
      { tag: 'WasmExtBulkMemory', value: undefined },
      { tag: 'EnabledHostFunction', value: 'EccRfc163' },
      { tag: 'PrecheckingMaxMemory', value: 1n },
    ];
    assert.deepEqual(optionLines(job(params), true).split('\n'), [
      ...['flag=has_avx', 'flag=has_avx2', 'bomb_limit=100', 'stack_logical_max=0', 'bulk_memory=true'],
      ...['ecc_rfc163=true', 'memory_limit=1', 'store=true', ''],
    ]);
  });
});

describe('rustIoError', () => {
  it('has the texts of glibc', () => {
    const error = Object.assign(new Error('ENOENT: …'), { errno: -2, code: 'ENOENT' });
    assert.equal(rustIoError(error), 'No such file or directory (os error 2)');
    assert.equal(rustIoError(Object.assign(new Error(), { errno: -13 })), 'Permission denied (os error 13)');
  });

  it('returns the message of any other error', () => assert.equal(rustIoError(new Error('odd')), 'odd'));
});
