import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExamineOptions, examineWorker } from '../../../../src/worker/probe/examine.ts';
import { securityStatus } from '../../../../src/worker/probe/examined-worker.ts';
import type { RevisionId } from '../../../../src/worker/wire/revision-id.ts';
import {
  errAnswer,
  type FakeAnswer,
  type FakeBehaviour,
  type FakeWorker,
  installFakeWorker,
  okAnswer,
} from '../../../support/fake-worker.ts';
import { until } from '../../../support/leaks.ts';
import { type Workbench, withWorkbench } from '../../../support/workbench.ts';

const words = (fake: FakeWorker) => fake.records('word').map(({ argv }) => argv[0]);

const allWords = [
  '--check-can-do-secure-clone',
  '--check-can-enable-landlock',
  '--check-can-enable-seccomp',
  '--check-can-unshare-user-namespace-and-change-root',
  '--version',
];

/** Examines a worker with this behaviour. */
function withExamined(
  behaviour: FakeBehaviour,
  test: (
    examine: (options?: Partial<ExamineOptions>, signal?: AbortSignal) => ReturnType<typeof examineWorker>,
    fake: FakeWorker,
    bench: Workbench,
  ) => Promise<void>,
): Promise<void> {
  return withWorkbench(async (bench) => {
    const fake = installFakeWorker(bench.folder, behaviour);
    await using directories = await bench.openHostDirectories();
    const { factsCache, scratch } = directories;
    const { log, guard } = bench;
    const common = { factsCache, scratch, log, guard, spawnTimeoutMs: 15_000 };
    const examine = (options = {}, signal = new AbortController().signal) =>
      examineWorker(fake.program, { ...common, ...options }, signal);
    await test(examine, fake, bench);
    // The folder's own note of the process that uses it stays until the folder goes.
    const left = readdirSync(scratch).filter((name) => name !== 'owner');
    assert.deepEqual(left, [], 'probes left something behind');
  });
}

describe('examineWorker', () => {
  it('probes version and sandbox without an environment, once per state of the file', () =>
    withExamined({}, async (examine, fake, bench) => {
      const examined = await examine();
      assert.equal(examined.kind, 'official');
      assert.equal(examined.version, '1.25.1');
      assert.equal(examined.revision.id, '26.0.0');
      assert.match(examined.identity, /^[0-9a-f]{64}$/);
      assert.deepEqual(words(fake).sort(), allWords);
      for (const { env } of fake.records('word')) assert.deepEqual(env, {});
      const changeRoot = fake.records('word').find(({ argv }) => argv[0]?.includes('change-root'));
      assert.match(changeRoot?.argv[1] ?? '', /\/check-can-unshare-[A-Za-z0-9]{6}$/);
      assert.deepEqual(securityStatus(examined), {
        secureValidatorMode: false,
        canEnableLandlock: true,
        canEnableSeccomp: true,
        canUnshareUserNamespaceAndChangeRoot: true,
        canDoSecureClone: true,
      });

      assert.deepEqual(await examine(), examined);
      assert.equal(words(fake).length, 5);
      utimesSync(fake.program, 1, 1);
      await examine();
      assert.equal(words(fake).length, 10);

      const records = join(bench.cacheFolder, 'known-workers');
      for (const damaged of ['null', '{"version":"1.25.1","revision":"99.0.0"}']) {
        for (const name of readdirSync(records)) writeFileSync(join(records, name), damaged);
        const asked = words(fake).length;
        assert.deepEqual(await examine(), examined, damaged);
        assert.equal(words(fake).length, asked + 5, damaged);
      }
    }));

  it('reports a sandbox feature as unavailable when its probe fails, with the reason', () =>
    withExamined({ probe: { status: 1, stderr: 'not allowed here\n' } }, async (examine) => {
      const { security } = await examine();
      for (const result of Object.values(security)) {
        assert.deepEqual(result, { available: false, reason: 'not allowed here' });
      }
    }));

  it('reports a sandbox feature as unavailable when its probe hangs', () =>
    withExamined({ probe: { hangs: true } }, async (examine) => {
      const { security } = await examine({ answerTimeoutMs: 1000 });
      for (const result of Object.values(security)) {
        assert.deepEqual(result, { available: false, reason: 'no answer within 1000 ms' });
      }
    }));

  it('can be aborted while the worker hangs', () =>
    withExamined({ version: { hangs: true } }, async (examine, fake) => {
      const caller = new AbortController();
      const examined = examine({}, caller.signal);
      await until('the question', () => words(fake).length === 1);
      caller.abort(new Error('enough'));
      await assert.rejects(examined, /^Error: enough$/);
    }));
});

describe('examineWorker rejects', () => {
  const rows: readonly {
    readonly what: string;
    readonly behaviour: FakeBehaviour;
    readonly options?: Partial<ExamineOptions>;
    readonly message: RegExp;
  }[] = [
    {
      what: 'a worker that hangs on --version',
      behaviour: { version: { hangs: true } },
      options: { answerTimeoutMs: 200 },
      message: /polkadot-prepare-worker --version printed nothing within 200 ms$/,
    },
    {
      what: 'another program',
      behaviour: { version: { stdout: 'ls (GNU coreutils) 9.1\nmore\n' } },
      message: /is not a prepare worker: --version printed "ls \(GNU coreutils\) 9.1"$/,
    },
    {
      what: 'the polkadot node',
      behaviour: { version: { stdout: 'polkadot 1.25.1-402e110f1c\n' } },
      message: /is not a prepare worker but polkadot: --version printed "polkadot 1\.25\.1-402e110f1c"$/,
    },
    {
      what: 'a worker that prints nothing',
      behaviour: { version: {} },
      message: /is not a prepare worker: --version printed ""$/,
    },
    {
      what: 'a worker that fails on --version',
      behaviour: { version: { status: 2, stderr: 'unknown option\nusage' } },
      message: /--version exited with status 2: unknown option$/,
    },
    {
      what: 'a worker that is too old',
      behaviour: { version: { stdout: '1.3.9\n' } },
      message: /prints version 1\.3\.9; workers before 1\.4\.0 are not supported$/,
    },
  ];
  for (const { what, behaviour, options, message } of rows) {
    it(what, () =>
      withExamined(behaviour, async (examine) => {
        await assert.rejects(examine(options), { name: 'UnsupportedWorker', message });
      }),
    );
  }

  const files: readonly (readonly [what: string, change: (path: string) => string, message: RegExp])[] = [
    ['a missing file', (path) => `${path}-missing`, /-missing does not exist$/],
    ['a folder', (path) => join(path, '..'), /is not a file$/],
    ['a file that is not executable', withoutMode, /is not executable \(use chmod \+x\)$/],
  ];
  for (const [what, change, message] of files) {
    it(what, () =>
      withWorkbench(async (bench) => {
        const { program } = installFakeWorker(bench.folder, {});
        await using directories = await bench.openHostDirectories();
        await assert.rejects(bench.examine(change(program), directories), { name: 'UnsupportedWorker', message });
      }),
    );
  }

  function withoutMode(path: string): string {
    chmodSync(path, 0o644);
    return path;
  }

  it('an execute worker under any name, without running it', () =>
    withWorkbench(async (bench) => {
      const path = join(bench.folder, 'polkadot-prepare-worker');
      // The word lies across two chunks of the reader.
      const start = '#!/bin/sh\necho 1.25.1\n# ';
      writeFileSync(path, `${start}${'-'.repeat((1 << 20) - start.length - 5)}execute-worker`);
      chmodSync(path, 0o755);
      await using directories = await bench.openHostDirectories();
      await assert.rejects(bench.examine(path, directories), {
        name: 'UnsupportedWorker',
        message: `${path} is not a prepare worker but Polkadot's execute worker, which runs PVFs`,
      });
    }));

  it('node, whose version looks like that of a very new worker', () =>
    withWorkbench(async (bench) => {
      await using directories = await bench.openHostDirectories();
      await assert.rejects(bench.examine(process.execPath, directories), {
        name: 'UnsupportedWorker',
        message: /^(.*) is not a prepare worker: \1 exited with status 1 before it connected$/,
      });
    }));
});

describe('examineWorker with wire revisions', () => {
  // A request for the probe's module has 46 bytes after the code, or 50 with a bomb limit.
  const [withoutBombLimit, withBombLimit] = [46, 50];
  interface Row {
    readonly version: string;
    readonly bytesAfterCode: number;
    readonly answer: FakeAnswer | Promise<FakeAnswer>;
    readonly found: RevisionId | RegExp;
    readonly spawns: number;
  }
  const answerOf = (wire: RevisionId) => okAnswer({ wire });
  const rows: readonly Row[] = [
    { version: '1.17.0', bytesAfterCode: withoutBombLimit, answer: answerOf('16.0.0'), found: '16.0.0', spawns: 2 },
    { version: '1.17.1', bytesAfterCode: withBombLimit, answer: answerOf('17.0.1'), found: '17.0.1', spawns: 1 },
    { version: '1.18.3', bytesAfterCode: withBombLimit, answer: answerOf('17.0.1'), found: '17.0.1', spawns: 1 },
    { version: '1.18.4', bytesAfterCode: withBombLimit, answer: answerOf('20.0.0'), found: '20.0.0', spawns: 2 },
    { version: '1.26.0', bytesAfterCode: withBombLimit, answer: answerOf('26.0.0'), found: '26.0.0', spawns: 1 },
    // The table decides these.
    { version: '1.18.0', bytesAfterCode: 0, answer: {}, found: '17.0.1', spawns: 0 },
    { version: '1.25.1-402e110f1c', bytesAfterCode: 0, answer: {}, found: '26.0.0', spawns: 0 },
    {
      version: '1.30.0',
      bytesAfterCode: withoutBombLimit,
      answer: {},
      found: /uses none of the known wire revisions \(26\.0\.0: early eof; 20\.0\.0: early eof\)$/,
      spawns: 2,
    },
    {
      version: '1.30.1',
      bytesAfterCode: withBombLimit,
      answer: errAnswer({ tag: 'Preparation', value: 'no' }),
      found: /\(26\.0\.0: the answer was Preparation; 20\.0\.0: the answer was Preparation\)$/,
      spawns: 2,
    },
  ];
  for (const { version, bytesAfterCode, answer, found, spawns } of rows) {
    it(`returns ${String(found)} for ${version} with ${bytesAfterCode} bytes after the code`, async () => {
      const behaviour = {
        version: { stdout: `${version}\n` },
        spawns: [{ bytesAfterCode, jobs: [await answer] }],
      };
      await withExamined(behaviour, async (examine, fake) => {
        if (found instanceof RegExp) await assert.rejects(examine(), { name: 'UnsupportedWorker', message: found });
        else assert.equal((await examine()).revision.id, found);
        assert.equal(fake.records('spawn').length, spawns);
      });
    });
  }

  it('neither probes nor caches a forced revision', () =>
    withExamined({ version: { stdout: '1.17.0' } }, async (examine, fake, bench) => {
      assert.equal((await examine({ forcedRevision: '8.0.0' })).revision.id, '8.0.0');
      assert.deepEqual(fake.records('spawn'), []);
      assert(!readdirSync(bench.cacheFolder).includes('known-workers'));
    }));

  it('returns another identity for a worker rebuilt at the same path', () =>
    withExamined({}, async (examine, fake) => {
      const { identity } = await examine();
      writeFileSync(fake.program, `${readFileSync(fake.program, 'utf8')}\n// rebuilt`);
      assert.notEqual((await examine()).identity, identity);
    }));
});
