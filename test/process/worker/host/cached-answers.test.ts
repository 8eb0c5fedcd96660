/** Answers of earlier runs whose artifact was deleted or damaged. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { installFakeWorker, okAnswer } from '../../../support/fake-worker.ts';
import { jobFor, type Workbench, withHost, withWorkbench } from '../../../support/workbench.ts';

const artifact = '0a0b0c0d0e0f';
const sameSize = '0a0b0c0d0e0e';

type Damage = (path: string) => void;

const overwritten =
  (hex: string): Damage =>
  (path) =>
    writeFileSync(path, Buffer.from(hex, 'hex'));

/** Puts something else in the place of the artifact. */
const replaced =
  (put: Damage): Damage =>
  (path) => {
    rmSync(path);
    put(path);
  };

const damages: Readonly<Record<string, Damage>> = {
  'was deleted': (path) => rmSync(path),
  'was moved': (path) => renameSync(path, `${path}.away`),
  'has one other byte, and the same size': overwritten(sameSize),
  'has only zeroes, and the same size': overwritten('000000000000'),
  'was cut': overwritten('0a0b'),
  'is empty': overwritten(''),
  'has more bytes': (path) => appendFileSync(path, 'x'),
  'is a link to another file': replaced((path) => {
    writeFileSync(`${path}.other`, Buffer.from(artifact, 'hex'));
    symlinkSync(`${path}.other`, path);
  }),
};

const lost: Readonly<Record<string, Damage>> = {
  'is a folder': replaced((path) => mkdirSync(path)),
};

/** Prepares a job, damages its artifact, and passes what a test of the second run needs. */
function afterDamage(
  damage: Damage,
  test: (again: Awaited<ReturnType<Workbench['openHost']>>, path: string) => Promise<void>,
): Promise<void> {
  return withWorkbench(async (bench) => {
    const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [await okAnswer({ artifact })] }] });
    await withHost(bench, fake.examined, async (opened) => {
      const { outcome } = await opened.host.prepare(jobFor());
      assert(outcome.kind === 'concluded' && 'prepared' in outcome);
      assert.deepEqual((await opened.findCached(jobFor()))?.outcome, outcome);
      damage(outcome.prepared.path);
      await test(opened, outcome.prepared.path);
    });
  });
}

describe('an answer whose artifact', () => {
  for (const [what, damage] of Object.entries({ ...damages, ...lost })) {
    it(`${what} is not found`, () =>
      afterDamage(damage, async ({ findCached }) => assert.equal(await findCached(jobFor()), undefined)));
  }

  for (const [what, damage] of Object.entries(damages)) {
    it(`${what} is found again after another preparation`, () =>
      afterDamage(damage, async ({ host, findCached }, path) => {
        const { outcome } = await host.prepare(jobFor());
        assert(outcome.kind === 'concluded' && 'prepared' in outcome);
        assert.equal(outcome.prepared.path, path);
        assert.equal(readFileSync(path).toString('hex'), artifact);
        assert.deepEqual((await findCached(jobFor()))?.outcome, outcome);
      }));
  }
});
