import assert from 'node:assert/strict';
import { type PlanInput, planJob } from '../../../../src/portable/wasm/plan.ts';

const large: PlanInput = {
  codeLength: 10_000_000,
  memoryLimited: false,
  store: 'none',
  instances: 'auto',
  machine: { processors: 4, freeBytes: 2 ** 34 },
};

describe('planJob', () => {
  const rows: readonly (readonly [what: string, change: Partial<PlanInput>, plan: string, instances: number])[] = [
    ['large code', {}, 'sharded', 4],
    ['large code with an empty store', { store: 'empty' }, 'sharded', 4],
    ['many processors', { machine: { processors: 64, freeBytes: 2 ** 40 } }, 'sharded', 8],
    ['little memory', { machine: { processors: 4, freeBytes: 1_300_000_000 } }, 'sharded', 2],
    ['hardly any memory', { machine: { processors: 4, freeBytes: 1_000_000 } }, 'whole', 1],
    ['one processor', { machine: { processors: 1, freeBytes: 2 ** 34 } }, 'whole', 1],
    ['small code', { codeLength: 300_000 }, 'whole', 1],
    ['small code with an empty store', { codeLength: 300_000, store: 'empty' }, 'stored', 1],
    ['code with stored functions', { store: 'filled' }, 'stored', 1],
    ['a memory limit', { memoryLimited: true, store: 'empty', instances: 3 }, 'whole', 1],
    ['a number of instances', { codeLength: 100, instances: 3 }, 'sharded', 3],
    ['one instance', { instances: 1 }, 'whole', 1],
  ];
  for (const [what, change, plan, instances] of rows) {
    it(`plans ${plan} with ${instances} instances for ${what}`, () => {
      assert.deepEqual(planJob({ ...large, ...change }), { plan, instances });
    });
  }
});
