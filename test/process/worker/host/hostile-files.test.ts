/** Workers that leave something else than an artifact, or a mess. The host must neither hang nor follow a link. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../../src/worker/host/outcome.ts';
import { type FakeAnswer, type Instead, installFakeWorker, okAnswer } from '../../../support/fake-worker.ts';
import { jobFor, type Workbench, withHost, withWorkbench } from '../../../support/workbench.ts';

interface InPlace {
  readonly instead: Instead;
  readonly message: RegExp;
}

const link = (target: string): Instead => ({ kind: 'link', target });

/** `{outside}`: a file of the user outside the worker's directory. */
const inPlace: Readonly<Record<string, InPlace>> = {
  nothing: { instead: { kind: 'nothing' }, message: /ENOENT/ },
  'a FIFO': { instead: { kind: 'fifo' }, message: /^the artifact is a FIFO instead of a file$/ },
  'a folder': { instead: { kind: 'folder' }, message: /is a folder/ },
  'a socket': { instead: { kind: 'socket' }, message: /is a socket/ },
  'a link to an endless device': { instead: link('/dev/zero'), message: /is a symbolic link/ },
  'a link to a terminal': { instead: link('/dev/tty'), message: /is a symbolic link/ },
  'a hard link to a file': { instead: { kind: 'hard-link', target: '{outside}' }, message: /is a hard link/ },
  'a link to a file': { instead: link('{outside}'), message: /is a symbolic link/ },
  'a link to a folder': { instead: link('/'), message: /is a symbolic link/ },
  'a link to itself': { instead: link('tmp-artifact'), message: /is a symbolic link/ },
  'a link to nothing': { instead: link('/nowhere/at/all'), message: /is a symbolic link/ },
  'a file of 8 TiB': {
    instead: { kind: 'sparse', bytes: 8 * 2 ** 40 },
    message: /8192.*GiB, more than the maximum of 1/,
  },
};

const trees: Readonly<Record<string, FakeAnswer['tree']>> = {
  '5000 nested folders': { depth: 5000 },
  '20 000 files': { files: 20_000 },
  'a folder that may not be read': { mode: 0 },
  'a folder that may not be written': { mode: 0o500 },
};

async function outcomeOf(bench: Workbench, answer: FakeAnswer): Promise<Outcome> {
  const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [answer] }] });
  let outcome: Outcome | undefined;
  await withHost(bench, fake.examined, async ({ host }) => {
    ({ outcome } = await host.prepare(jobFor()));
  });
  assert(outcome);
  return outcome;
}

describe('a worker that leaves', function () {
  if (process.platform === 'win32') return;
  this.timeout(60_000);

  for (const [what, { instead, message }] of Object.entries(inPlace)) {
    it(`${what} in the place of its artifact: an I/O error`, () =>
      withWorkbench(async (bench) => {
        const outside = join(bench.folder, 'outside');
        writeFileSync(outside, 'of the user');
        const put =
          'target' in instead ? { ...instead, target: instead.target.replace('{outside}', outside) } : instead;
        const outcome = await outcomeOf(bench, { ...(await okAnswer()), instead: put });
        assert.equal(outcome.kind, 'io-error');
        assert.match('message' in outcome ? outcome.message : '', message);
        assert.equal(readFileSync(outside, 'utf8'), 'of the user');
      }));
  }

  for (const [what, tree] of Object.entries(trees)) {
    it(`${what} in its directory: the answer counts, and nothing is left`, () =>
      withWorkbench(async (bench) => {
        const outcome = await outcomeOf(bench, { ...(await okAnswer()), tree: tree ?? { depth: 0 } });
        assert(outcome.kind === 'concluded' && 'prepared' in outcome);
        assert(existsSync(outcome.prepared.path));
      }));
  }
});
