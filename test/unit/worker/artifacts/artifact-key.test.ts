import assert from 'node:assert/strict';
import type { ExecutorParam } from '../../../../src/polkadot/executor-params.ts';
import { type ArtifactInputs, artifactKey } from '../../../../src/worker/artifacts/artifact-key.ts';
import { revision } from '../../../../src/worker/wire/revision.ts';

const inputs: ArtifactInputs = {
  codeHash: new Uint8Array(32).fill(1),
  executorParams: [],
  kind: 'Prechecking',
  revision: revision('26.0.0'),
  workerIdentity: 'aa',
  cpuFeatures: 'x64 sse2',
};

const withParams = (...executorParams: ExecutorParam[]): Partial<ArtifactInputs> => ({ executorParams });
const logicalMax: ExecutorParam = { tag: 'StackLogicalMax', value: 1024 };
const bulkMemory: ExecutorParam = { tag: 'WasmExtBulkMemory', value: undefined };
const memoryPages: ExecutorParam = { tag: 'MaxMemoryPages', value: 8192 };
const old: Partial<ArtifactInputs> = { revision: revision('25.0.0') };

describe('artifactKey', () => {
  it('returns 64 hex digits', () => assert.match(artifactKey(inputs), /^[0-9a-f]{64}$/));

  it('depends on everything that affects the artifact or its checks', () => {
    const changes: Record<string, Partial<ArtifactInputs>> = {
      nothing: {},
      code: { codeHash: new Uint8Array(32).fill(2) },
      kind: { kind: 'Compilation' },
      worker: { workerIdentity: 'ab' },
      CPU: { cpuFeatures: 'x64 sse2 avx' },
      'worker and CPU with the same concatenation': { workerIdentity: 'aax', cpuFeatures: '64 sse2' },
      StackLogicalMax: withParams(logicalMax),
      'another StackLogicalMax': withParams({ ...logicalMax, value: 1025 }),
      WasmExtBulkMemory: withParams(bulkMemory),
      both: withParams(logicalMax, bulkMemory),
      'both in reverse order': withParams(bulkMemory, logicalMax),
      // Only 0 matters: it is an engine error.
      StackNativeMax: withParams({ tag: 'StackNativeMax', value: 0 }),
      // Adds an importable host function.
      EnabledHostFunction: withParams({ tag: 'EnabledHostFunction', value: 'EccRfc163' }),
      'MaxMemoryPages up to 25.0.0': { ...old, ...withParams(memoryPages) },
    };
    const keys = Object.entries(changes).map(
      ([what, change]) => [artifactKey({ ...inputs, ...change }), what] as const,
    );
    assert.equal(new Map(keys).size, keys.length, keys.map((key) => key.join(' ')).join('\n'));
  });

  const irrelevant: readonly ExecutorParam[] = [
    memoryPages,
    { tag: 'PrecheckingMaxMemory', value: 1n },
    { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 1n } },
    { tag: 'PvfExecTimeout', value: { kind: 'Backing', millis: 1n } },
  ];
  for (const param of irrelevant) {
    it(`does not depend on ${param.tag}`, () => {
      assert.equal(artifactKey({ ...inputs, executorParams: [param] }), artifactKey(inputs));
      const [one, other] = [[logicalMax], [param, logicalMax, param]].map((executorParams) =>
        artifactKey({ ...inputs, executorParams }),
      );
      assert.equal(one, other);
    });
  }
});
