import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tinyPvf } from '../../../../src/worker/probe/tiny-pvf.ts';
import { programAt } from '../../../../src/worker/process/program.ts';
import { type SpawnOptions, spawnWorker } from '../../../../src/worker/process/spawn-worker.ts';
import { noSandbox, type SecurityStatus } from '../../../../src/worker/wire/handshake.ts';
import type { PvfPrepData } from '../../../../src/worker/wire/request.ts';
import { encodeRequest, revision } from '../../../../src/worker/wire/revision.ts';
import type { RevisionId } from '../../../../src/worker/wire/revision-id.ts';
import { type FakeSpawn, type FakeWorker, installFakeWorker } from '../../../support/fake-worker.ts';
import { footprint, processesOfGroup, until } from '../../../support/leaks.ts';
import { type Workbench, withWorkbench } from '../../../support/workbench.ts';

const someSandbox: SecurityStatus = { ...noSandbox, canEnableLandlock: true, canDoSecureClone: true };
const never = new AbortController().signal;

const tinyRequest: PvfPrepData = {
  maybeCompressedCode: tinyPvf,
  validationCodeBombLimit: 1,
  codeHash: new Uint8Array(32),
  executorParams: [],
  prepTimeout: { secs: 1n, nanos: 0 },
  prepKind: 'Prechecking',
};

interface Place {
  readonly fake: FakeWorker;
  readonly options: SpawnOptions;
}

async function placeFor(bench: Workbench, how: FakeSpawn, wire: RevisionId = '26.0.0'): Promise<Place> {
  const fake = installFakeWorker(bench.folder, { spawns: [how] }, wire);
  const [workerDirsIn, socketsIn] = [join(bench.folder, 'dirs'), join(bench.folder, 'sockets')];
  await Promise.all([workerDirsIn, socketsIn].map((path) => mkdir(path)));
  const { program } = fake;
  const { guard, log } = bench;
  const rest = { spawnTimeoutMs: 15_000, logDirectives: 'pvf=debug,wasmtime=off', log, guard };
  return {
    fake,
    options: {
      program: programAt(program),
      revision: revision(wire),
      security: someSandbox,
      workerDirsIn,
      socketsIn,
      ...rest,
    },
  };
}

const leftBy = ({ options }: Place) => [options.workerDirsIn, options.socketsIn].flatMap((path) => readdirSync(path));

describe('a spawned worker', () => {
  it('gets the arguments, environment, directory, handshake and request of the protocol', () =>
    withWorkbench(async (bench) => {
      const place = await placeFor(bench, {});
      const { fake, options } = place;
      const request = encodeRequest(revision('26.0.0'), tinyRequest);
      {
        await using worker = await spawnWorker(options, never);
        assert.deepEqual(readdirSync(options.socketsIn), [], 'the socket path is gone once the worker is there');
        await worker.stream.send(request);
        await until('the request', () => fake.records('request').length === 1);

        const [spawned] = fake.records('spawn');
        const [, , socket] = spawned?.argv ?? [];
        assert.deepEqual(spawned?.argv, ['prepare-worker', '--socket-path', socket, '--worker-dir-path', worker.dir]);
        assert.equal(join(socket ?? '', '..'), options.socketsIn);
        assert.match(worker.dir, /\/worker-dir-prepare-[A-Za-z0-9]{6}$/);
        assert.deepEqual(spawned?.env, { RUST_LOG: options.logDirectives });
        assert.equal(spawned?.cwd, worker.dir);
        assert.deepEqual(
          fake.records('handshake').map(({ hex }) => hex),
          ['0001000001'],
        );
        assert.deepEqual(
          fake.records('request').map(({ hex }) => hex),
          [Buffer.from(request).toString('hex')],
        );
      }
      assert.deepEqual(leftBy(place), []);
    }));

  it('gets the sandbox flags as arguments and no handshake in wire revision 5.0.0', () =>
    withWorkbench(async (bench) => {
      const { fake, options } = await placeFor(bench, { handshake: false }, '5.0.0');
      await using worker = await spawnWorker(options, never);
      await worker.stream.send(Buffer.from('00', 'hex'));
      await until('the request', () => fake.records('request').length === 1);
      assert.deepEqual(fake.records('spawn')[0]?.argv.slice(5), ['--can-enable-landlock']);
    }));

  it('is ended with its children even if it ignores TERM', () =>
    withWorkbench(async (bench) => {
      const place = await placeFor(bench, { grandchild: true, ignoresTerm: true });
      const worker = await spawnWorker(place.options, never);
      const pid = worker.process.pid ?? 0;
      await until('its child', () => processesOfGroup(pid).length === 2);
      await worker[Symbol.asyncDispose]();
      await until('the end of the group', () => processesOfGroup(pid).length === 0);
      assert.equal(place.fake.records('ignored').length, 1);
      assert.deepEqual(leftBy(place), []);
    }));

  it('takes its children with it when it dies', () =>
    withWorkbench(async (bench) => {
      const { options } = await placeFor(bench, { grandchild: true });
      await using worker = await spawnWorker(options, never);
      const pid = worker.process.pid ?? 0;
      await until('its child', () => processesOfGroup(pid).length === 2);
      process.kill(pid, 'SIGKILL');
      await until('the end of its child', () => processesOfGroup(pid).length === 0);
      assert.deepEqual(await worker.process.exited, { kind: 'killed', signal: 'SIGKILL' });
    }));

  it('logs its stderr and keeps the last lines', () =>
    withWorkbench(async (bench) => {
      const { options } = await placeFor(bench, { stderr: 'one\ntwo\n' });
      await using worker = await spawnWorker(options, never);
      await until('its words', () => worker.process.stderrTail.includes('two'));
      assert.deepEqual(bench.logged, [
        { level: 'debug', message: `worker ${worker.process.pid}: one` },
        { level: 'debug', message: `worker ${worker.process.pid}: two` },
      ]);
    }));
});

describe('spawnWorker', () => {
  const rows: readonly {
    readonly what: string;
    readonly how: FakeSpawn;
    readonly change?: (options: SpawnOptions) => Partial<SpawnOptions>;
    readonly failure: string;
    readonly message: RegExp;
  }[] = [
    {
      what: 'exits immediately',
      how: { start: 'exit', status: 3, stderr: 'no such option\n' },
      failure: 'exited',
      message: /exited with status 3 before it connected\nno such option$/,
    },
    {
      what: 'never connects',
      how: { start: 'stay', grandchild: true },
      change: () => ({ spawnTimeoutMs: 300 }),
      failure: 'accept-timeout',
      message: /did not connect within 300 ms$/,
    },
    {
      what: 'does not exist',
      how: {},
      change: ({ program }) => ({ program: programAt(`${program.file}-missing`) }),
      failure: 'process-spawn',
      message: /could not be started: spawn .* ENOENT/,
    },
    {
      what: 'has no parent for its directory',
      how: {},
      change: ({ workerDirsIn }) => ({ workerDirsIn: join(workerDirsIn, 'missing') }),
      failure: 'tmp-path',
      message: /^could not create the worker's directory in .*missing: ENOENT/,
    },
    {
      what: 'has no folder for its socket',
      how: {},
      change: ({ socketsIn }) => ({ socketsIn: join(socketsIn, 'missing') }),
      failure: 'bind',
      message: /^could not create the worker's socket in .*missing: listen E/,
    },
    {
      what: 'has a socket path that is too long',
      how: {},
      change: ({ socketsIn }) => ({ socketsIn: join(socketsIn, 'x'.repeat(100)) }),
      failure: 'bind',
      message: /the socket path is \d+ bytes long, more than the 107 allowed/,
    },
  ];
  for (const { what, how, change, failure, message } of rows) {
    it(`rejects when the worker ${what}`, () =>
      withWorkbench(async (bench) => {
        const place = await placeFor(bench, how);
        const options = { ...place.options, ...change?.(place.options) };
        await assert.rejects(spawnWorker(options, never), { name: 'SpawnError', failure, message });
        assert.deepEqual(leftBy(place), []);
      }));
  }

  it('leaves nothing behind when the caller cancels at any moment', () =>
    withWorkbench(async (bench) => {
      const place = await placeFor(bench, {});
      const giveUpAfter = async (ms: number) => {
        const signal = AbortSignal.timeout(ms);
        try {
          await using _worker = await spawnWorker(place.options, signal);
          return 'spawned';
        } catch (error) {
          assert.equal(error, signal.reason);
          return 'given up';
        }
      };
      await giveUpAfter(15_000);
      const before = footprint(bench.folder);
      const ends: string[] = [];
      // Every few milliseconds until after a worker would have connected.
      for (let ms = 0; ends.filter((end) => end === 'spawned').length < 3; ms += 4) ends.push(await giveUpAfter(ms));
      assert(ends.includes('given up'));
      const after = footprint(bench.folder);
      assert.deepEqual(after, before);
    }));

  it('leaves no socket when the worker connects after the cancellation', () =>
    withWorkbench(async (bench) => {
      const { options, fake } = await placeFor(bench, { ignoresTerm: true, connectAfterMs: 200 });
      const before = footprint(bench.folder);
      const giveUp = new AbortController();
      const spawned = spawnWorker(options, giveUp.signal);
      await until('the worker', () => fake.records('spawn').length === 1);
      giveUp.abort();
      await assert.rejects(spawned, { name: 'AbortError' });
      assert.equal(footprint(bench.folder).sockets, before.sockets);
    }));
});
