/** What a worker may leave where the host expects the costs of a job. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeCosts, maxCostsFileBytes } from '../../../../src/worker/built-in/costs-file.ts';
import type { ExaminedWorker } from '../../../../src/worker/probe/examined-worker.ts';
import { engineCosts } from '../../../support/engine-costs.ts';
import { type FakeAnswer, installFakeWorker, okAnswer } from '../../../support/fake-worker.ts';
import { jobFor, type Workbench, withHost, withWorkbench } from '../../../support/workbench.ts';

const good = Buffer.from(encodeCosts(5, engineCosts(2, [1000, 10]))).toString('hex');

type Left = Pick<FakeAnswer, 'costs'> & { readonly what: string; readonly warning: RegExp };

function hostile({ folder }: Workbench): Left[] {
  const target = path.join(folder, 'secret');
  writeFileSync(target, Buffer.from(good, 'hex'));
  return [
    { what: 'nothing', warning: /ENOENT/ },
    { what: 'other text', costs: { hex: '00112233' }, warning: /too short/ },
    { what: 'a truncated file', costs: { hex: good.slice(0, -2) }, warning: /bytes instead of/ },
    { what: 'a file that is too large', costs: { kind: 'sparse', bytes: maxCostsFileBytes + 1 }, warning: /maximum/ },
    { what: 'a FIFO', costs: { kind: 'fifo' }, warning: /FIFO/ },
    { what: 'a folder', costs: { kind: 'folder' }, warning: /folder/ },
    { what: 'a link', costs: { kind: 'link', target }, warning: /symbolic link/ },
    { what: 'a hard link', costs: { kind: 'hard-link', target }, warning: /hard link/ },
  ];
}

function fakeBuiltIn(bench: Workbench, job: FakeAnswer, costs: boolean): ExaminedWorker {
  const { security: _, ...common } = installFakeWorker(bench.folder, { spawns: [{ jobs: [job] }] }).examined;
  const target = { cpu: 'x86-64-v3', features: [] } as const;
  return { ...common, kind: 'portable', engine: 'none', target, figures: 'estimated', costs };
}

describe('the costs of a job', () => {
  it('are read from the directory of the worker', () =>
    withWorkbench(async (bench) => {
      const worker = fakeBuiltIn(bench, { ...(await okAnswer()), costs: { hex: good } }, true);
      await withHost(bench, worker, async ({ host }) => {
        const { outcome, costs } = await host.prepare(jobFor());
        assert.equal(outcome.kind, 'concluded');
        assert.deepEqual([costs?.imports, costs?.micros, costs?.engineCpuMs], [2, Float64Array.of(1), 5]);
      });
    }));

  it('are not read when nobody asked for them', () =>
    withWorkbench(async (bench) => {
      const worker = fakeBuiltIn(bench, { ...(await okAnswer()), costs: { hex: good } }, false);
      await withHost(bench, worker, async ({ host }) => {
        const { outcome, costs } = await host.prepare(jobFor());
        assert.deepEqual([outcome.kind, costs], ['concluded', undefined]);
      });
    }));

  for (const [at, what] of ['nothing', 'text', 'part', 'large', 'FIFO', 'folder', 'link', 'hard link'].entries()) {
    it(`are unknown, and the verdict stands, when the worker leaves: ${what}`, () =>
      withWorkbench(async (bench) => {
        const left = hostile(bench)[at];
        assert(left !== undefined);
        const worker = fakeBuiltIn(bench, { ...(await okAnswer()), ...left }, true);
        await withHost(bench, worker, async ({ host }) => {
          const { outcome, costs } = await host.prepare(jobFor());
          assert.deepEqual([outcome.kind, costs], ['concluded', undefined], left.what);
          const [warning] = bench.logged.filter(({ level }) => level === 'warn');
          assert.match(warning?.message ?? '', left.warning);
        });
      }));
  }
});
