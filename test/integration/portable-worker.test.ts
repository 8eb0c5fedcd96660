/** The built-in worker as a program: its words, the wire, every module case, faults of engine and store. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../src/polkadot/prepare-error.ts';
import { decodeEntry, encodeEntry } from '../../src/portable/store/entry.ts';
import { tinyPvf } from '../../src/worker/probe/tiny-pvf.ts';
import { encodeFrame } from '../../src/worker/wire/frame.ts';
import { bodies, writeFakeWasmEngine } from '../support/fake-wasm-engine.ts';
import { until } from '../support/leaks.ts';
import { findOfficialWorker } from '../support/official-worker.ts';
import {
  type ConnectedWorker,
  needPortableWorker,
  requestOf,
  runWords,
  withPortableWorker,
} from '../support/portable-worker.ts';
import { asExpected, requestCases } from '../support/protocol-case-request.ts';
import { skipBecause } from '../support/skip.ts';
import { tally } from '../support/tally.ts';
import { askDirectly } from '../support/wire-by-hand.ts';

const ms = (millis: number) => ({ secs: BigInt(Math.floor(millis / 1000)), nanos: (millis % 1000) * 1_000_000 });

async function checksumOf(worker: ConnectedWorker, code: Uint8Array): Promise<string | undefined> {
  const answer = await worker.prepare({ maybeCompressedCode: code });
  if (!answer.success) assert.fail(messageOf(answer.value));
  return answer.value.checksum?.hex;
}

/** A folder of the test's own, outside the worker's. */
async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portable-store-'));
  try {
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function theOneFile(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith('.functions'));
  assert.equal(names.length, 1, names.join());
  return path.join(folder, names[0] ?? '');
}

/** Waits for a file to be whole: it appears by being renamed. */
async function stored(folder: string): Promise<string> {
  await until(
    'a stored file',
    () => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('functions')),
  );
  return theOneFile(folder);
}

describe('the command line of the built-in worker', () => {
  before(needPortableWorker);

  const rows: readonly (readonly [words: readonly string[], code: number, stdout: RegExp, stderr: RegExp])[] = [
    [['--version'], 0, /^1\.25\.1\n$/, /^$/],
    [['-v'], 0, /^1\.25\.1\n$/, /^$/],
    [['--full-version'], 0, /^1\.25\.1-portable\n$/, /^$/],
    [['--instances', '2', '--version'], 0, /^1\.25\.1\n$/, /^$/],
    [[], 0, /Usage/, /^$/],
    [['--help'], 0, /--store <folder>/, /^$/],
    [['--check-can-enable-landlock'], 1, /^$/, /no sandbox feature/],
    [['--check-can-enable-seccomp'], 1, /^$/, /no sandbox feature/],
    [['--check-can-unshare-user-namespace-and-change-root', '/'], 1, /^$/, /no sandbox feature/],
    [['--check-can-do-secure-clone'], 1, /^$/, /no sandbox feature/],
    [['execute-worker'], 101, /^$/, /panicked.*execute-worker/],
    [['--store'], 101, /^$/, /--store needs a value/],
    [['--instances', '0', 'prepare-worker'], 101, /^$/, /--instances/],
    [['prepare-worker'], 101, /^$/, /--socket-path/],
    [['prepare-worker', '--socket-path', '/nowhere'], 101, /^$/, /--worker-dir-path/],
    [['prepare-worker', '--socket-path=/x', '--worker-dir-path=/y'], 101, /^$/, /Unexpected argument/],
    [['prepare-worker', '--socket-path', '/no/where', '--worker-dir-path', '/'], 1, /^$/, /ENOENT/],
  ];
  for (const [words, code, stdout, stderr] of rows) {
    it(`${words.join(' ') || '(none)'} ends with ${code}`, async () => {
      const ended = await runWords(...words);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stdout, stdout);
      assert.match(ended.stderr, stderr);
    });
  }

  it('rejects another node version, and does not signal its parent', async () => {
    const ended = await runWords(
      ...['prepare-worker', '--node-impl-version', '1.24.0', '--socket-path', '/x', '--worker-dir-path', '/y'],
    );
    assert.equal(ended.code, 1);
    assert.match(ended.stderr, /ERROR .*mismatch/);
  });
});

describe('the built-in worker on the wire', () => {
  before(needPortableWorker);

  it('removes the socket when it has connected', () =>
    withPortableWorker(async (worker) => {
      await until('the socket is gone', () => !existsSync(worker.socketPath));
    }));

  const ends: readonly (readonly [what: string, send: (worker: ConnectedWorker) => void, code: number])[] = [
    ['a handshake of 4 bytes', (worker) => worker.send(new Uint8Array(4)), 1],
    ['a handshake of no bytes', (worker) => worker.send(new Uint8Array()), 1],
    ['a handshake with a bool of 2', (worker) => worker.send(Buffer.from([0, 2, 0, 0, 0])), 1],
    ['a frame of 2^63 bytes', (worker) => worker.write(Buffer.from('0000000000000080', 'hex')), 101],
    ['a frame above 512 MiB', (worker) => worker.write(Buffer.from('0100002000000000', 'hex')), 101],
    ['a closed stream', (worker) => worker.hangUp(), 1],
  ];
  for (const [what, send, code] of ends) {
    it(`ends with ${code} on ${what}`, () =>
      withPortableWorker(async (worker) => {
        send(worker);
        assert.deepEqual(await worker.ended, { code, signal: null });
      }));
  }

  const whole = requestOf({ maybeCompressedCode: tinyPvf });
  const undecodable: Readonly<Record<string, Uint8Array>> = {
    'an unknown kind': Buffer.concat([whole.subarray(0, -1), Buffer.from([2])]),
    'no bytes': new Uint8Array(),
    'no bomb limit': Buffer.concat([whole.subarray(0, tinyPvf.length + 2), whole.subarray(tinyPvf.length + 6)]),
    'nanoseconds out of range': Buffer.concat([whole.subarray(0, -5), Buffer.from('ffffffff01', 'hex')]),
  };
  for (const [what, payload] of Object.entries(undecodable)) {
    it(`ends with 1 on a request with ${what}`, () =>
      withPortableWorker(async (worker) => {
        worker.shakeHands();
        worker.send(payload);
        assert.deepEqual(await worker.ended, { code: 1, signal: null });
        assert.match(worker.stderr(), /ERROR parachain::pvf-prepare-worker: .*prepare request/);
      }));
  }

  it('accepts a longer handshake, a wrong code hash, and bytes after a request', () =>
    withPortableWorker(async (worker) => {
      worker.send(new Uint8Array(6));
      const codeHash = new Uint8Array(32);
      worker.send(Buffer.concat([requestOf({ maybeCompressedCode: tinyPvf, codeHash }), Buffer.from('more')]));
      assert((await worker.answer()).success);
    }));

  it('answers two requests of one write in order', () =>
    withPortableWorker(async (worker) => {
      worker.shakeHands();
      const bad = requestOf({ maybeCompressedCode: Buffer.from('no wasm') });
      worker.write(Buffer.concat([encodeFrame(bad), encodeFrame(whole)]));
      assert(!(await worker.answer()).success);
      assert((await worker.answer()).success);
    }));

  it('accepts a request byte by byte', () =>
    withPortableWorker(async (worker) => {
      worker.shakeHands();
      for (const byte of encodeFrame(whole)) worker.write(Buffer.from([byte]));
      assert((await worker.answer()).success);
    }));

  it('reports a missing folder for the artifact in the words of Rust', () =>
    withPortableWorker(async (worker) => {
      worker.shakeHands();
      const dir = path.dirname(worker.artifactPath);
      rmdirSync(dir);
      const answer = await worker.prepare({ maybeCompressedCode: tinyPvf });
      assert.deepEqual(answer.value, { tag: 'IoErr', value: 'No such file or directory (os error 2)' });
      mkdirSync(dir);
      assert((await worker.prepare({ maybeCompressedCode: tinyPvf })).success);
    }));

  it('reports progress only on request', async () => {
    for (const log of ['parachain::pvf=debug', '']) {
      await withPortableWorker(
        async (worker) => {
          worker.shakeHands();
          await checksumOf(worker, tinyPvf);
          const pattern =
            /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z DEBUG parachain::pvf-prepare-worker: decompressed 86 bytes\n/;
          assert.match(worker.stderr(), log === '' ? /^$/ : pattern);
          if (log !== '') assert.match(worker.stderr(), /compiled (\d+) of \1 functions\n/);
        },
        { log },
      );
    }
  });

  for (const when of ['idle', 'busy'] as const) {
    it(`ends on SIGTERM, ${when}`, () =>
      withFolder((folder) =>
        withPortableWorker(
          async (worker) => {
            worker.shakeHands();
            if (when === 'busy') {
              worker.send(requestOf({ maybeCompressedCode: tinyPvf }));
              await until('the job has begun', () => worker.stderr().includes('job of'));
            }
            worker.signal('SIGTERM');
            assert.deepEqual(await worker.ended, { code: null, signal: 'SIGTERM' });
          },
          {
            log: 'debug',
            ...(when === 'busy'
              ? { own: ['--engine', writeFakeWasmEngine(folder, { pvf_decompress: bodies.endless })] }
              : {}),
          },
        ),
      ));
  }
});

describe('the module cases of the protocol', () => {
  before(needPortableWorker);

  it(`are answered by the built-in worker as by the real one, ${requestCases.length} cases`, async function () {
    this.timeout(120_000);
    await withPortableWorker(async (worker) => {
      worker.shakeHands();
      for (const { name, request, expected } of requestCases) {
        assert.deepEqual(asExpected(await worker.prepare(request)), expected, name);
      }
    });
  });

  it('leave no thread and no open file behind', async function () {
    if (process.platform !== 'linux') skipBecause(this, 'only Linux tells of threads and files');
    await withPortableWorker(async (worker) => {
      worker.shakeHands();
      const used = () => ['task', 'fd'].map((kind) => readdirSync(`/proc/${worker.pid}/${kind}`).length);
      for (let job = 0; job < 5; job++) await checksumOf(worker, tinyPvf);
      await settled(used);
      const before = used();
      for (let job = 0; job < 20; job++) await checksumOf(worker, tinyPvf);
      await settled(used);
      // The next job's thread may be at its start; twenty jobs that leave something leave more than that.
      const more = used().map((count, at) => count - (before[at] ?? 0));
      assert(
        more.every((count) => count < 5),
        `threads and files more than before: ${more}`,
      );
    });
  });
});

/** Waits until a count has not changed for a while: a thread takes some time to start and to end. */
async function settled(count: () => readonly number[]): Promise<void> {
  let last = '';
  let since = performance.now();
  await until('the counts stay', () => {
    const now = count().join();
    if (now !== last) since = performance.now();
    last = now;
    return performance.now() - since > 300;
  });
}

describe('an engine that fails', () => {
  before(needPortableWorker);

  const rows: readonly (readonly [what: string, functions: Record<string, readonly number[]>, answer: object])[] = [
    ['traps', { pvf_compile: bodies.trap }, { tag: 'JobDied', err: /received trap: unreachable/ }],
    [
      'has no more memory',
      { pvf_compile: bodies.trap, pvf_stat: bodies.status100 },
      { tag: 'JobDied', err: /the engine has no more memory/ },
    ],
    ['runs for ever', { pvf_decompress: bodies.endless }, { tag: 'TimedOut' }],
  ];
  for (const [what, functions, expected] of rows) {
    it(`is reported, and the worker continues, when it ${what}`, () =>
      withFolder((folder) =>
        withPortableWorker(
          async (worker) => {
            worker.shakeHands();
            for (let round = 0; round < 2; round++) {
              const { success, value } = await worker.prepare({ maybeCompressedCode: tinyPvf, prepTimeout: ms(50) });
              assert(!success);
              const { tag, err } = expected as { tag: string; err?: RegExp };
              assert.equal(value.tag, tag);
              if (err !== undefined && value.tag === 'JobDied') {
                assert.match(value.value.err, err);
                assert.equal(value.value.jobPid, worker.pid);
              }
            }
          },
          { own: ['--engine', writeFakeWasmEngine(folder, functions)] },
        ),
      ));
  }

  it('is reported when its file is damaged or missing', () =>
    withFolder(async (folder) => {
      const engine = writeFakeWasmEngine(folder, {});
      for (const spoil of [
        () => writeFileSync(path.join(engine, 'fake.wasm.br'), 'x'),
        () => rmSync(engine, { recursive: true }),
      ]) {
        spoil();
        await withPortableWorker(
          async (worker) => {
            worker.shakeHands();
            const { value } = await worker.prepare({ maybeCompressedCode: tinyPvf });
            assert.equal('tag' in value && value.tag, 'JobDied');
            assert.match(worker.stderr(), /the engine could not be loaded/);
          },
          { own: ['--engine', engine] },
        );
      }
    }));
});

describe('the store of the built-in worker', () => {
  before(needPortableWorker);

  it('is private, and written only when needed', () =>
    withFolder(async (folder) => {
      const store = path.join(folder, 'store');
      await withPortableWorker(
        async (worker) => {
          worker.shakeHands();
          const first = await checksumOf(worker, tinyPvf);
          const file = await stored(store);
          assert.equal(statSync(store).mode & 0o777, 0o700);
          assert.equal(statSync(file).mode & 0o777, 0o600);
          const { ino } = statSync(file);
          assert.equal(await checksumOf(worker, tinyPvf), first);
          assert.equal(statSync(await stored(store)).ino, ino);
        },
        { own: ['--store', store] },
      );
    }));

  it('changes no artifact when its files are damaged', async function () {
    this.timeout(60_000);
    await withFolder(async (store) => {
      await withPortableWorker(
        async (worker) => {
          worker.shakeHands();
          const right = await checksumOf(worker, tinyPvf);
          const file = await stored(store);
          const good = readFileSync(file);
          const places = Array.from({ length: 24 }, (_, at) => Math.floor((at * good.length) / 24));
          const flipped = places.map((place) => good.map((byte, at) => (at === place ? byte ^ 0x10 : byte)));
          const cut = [0, 1, 8, 72, 73, good.length - 1].map((length) => good.subarray(0, length));
          for (const bad of [...flipped, ...cut, Buffer.concat([good, Buffer.from([0])])]) {
            writeFileSync(file, bad);
            assert.equal(await checksumOf(worker, tinyPvf), right);
            await until('the entry is whole again', () => existsSync(file) && readFileSync(file).equals(good));
          }
        },
        { own: ['--store', store] },
      );
    });
  });

  it('is not needed when it can not be created', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'file');
      writeFileSync(file, '');
      await withPortableWorker(
        async (worker) => {
          worker.shakeHands();
          await checksumOf(worker, tinyPvf);
        },
        { own: ['--store', path.join(file, 'store')] },
      );
    }));

  it('is not needed when it is a file', () =>
    withFolder(async (folder) => {
      const store = path.join(folder, 'file');
      writeFileSync(store, '');
      await withPortableWorker(
        async (worker) => {
          worker.shakeHands();
          await checksumOf(worker, tinyPvf);
          await until('the warning', () => worker.stderr().includes('could not store functions'));
        },
        { own: ['--store', store], log: 'warn' },
      );
    }));
});

describe('a real runtime in the built-in worker', () => {
  before(needPortableWorker);
  const code = tally.stored();
  const plans = (worker: ConnectedWorker) => [...worker.stderr().matchAll(/plan (\w+)/g)].map(([, plan]) => plan);

  it('has the same artifact from one instance, from three, from a store, and from a damaged one', async function () {
    this.timeout(120_000);
    await withFolder(async (store) => {
      const checksums: (string | undefined)[] = [];
      const run = (own: readonly string[], test: (worker: ConnectedWorker) => Promise<void>) =>
        withPortableWorker(
          async (worker) => {
            worker.shakeHands();
            await test(worker);
          },
          { own, log: 'debug' },
        );
      await run(['--instances', '1'], async (worker) => {
        checksums.push(await checksumOf(worker, code));
        assert.deepEqual(plans(worker), ['whole']);
      });
      await run(['--instances', '3', '--store', store], async (worker) => {
        checksums.push(await checksumOf(worker, code));
        const file = await stored(store);
        checksums.push(await checksumOf(worker, code));
        await damageFunctions(file);
        checksums.push(await checksumOf(worker, code));
        assert.deepEqual(plans(worker), ['sharded', 'stored', 'stored']);
      });
      assert.equal(new Set(checksums).size, 1, checksums.join());
    });
  });

  it('has the artifact of the official worker', async function () {
    this.timeout(60_000);
    const found = findOfficialWorker();
    if (!('program' in found)) skipBecause(this, found.why);
    const official = await askDirectly(found.program, code);
    await withPortableWorker(async (worker) => {
      worker.shakeHands();
      assert.equal(await checksumOf(worker, code), official.kind === 'ok' ? official.checksum : official);
    });
  });

  it('exceeds the CPU limit and the memory limit, and the worker continues', () =>
    withPortableWorker(async (worker) => {
      worker.shakeHands();
      const late = await worker.prepare({ maybeCompressedCode: code, prepTimeout: ms(100) });
      assert.deepEqual(late.value, { tag: 'TimedOut', value: undefined });
      const executorParams = [{ tag: 'PrecheckingMaxMemory', value: 12n * 1024n * 1024n } as const];
      const large = await worker.prepare({ maybeCompressedCode: code, executorParams });
      assert.deepEqual(large.value, { tag: 'OutOfMemory', value: undefined });
      await checksumOf(worker, tinyPvf);
    }));

  it('is dropped when the host hangs up', () =>
    withPortableWorker(
      async (worker) => {
        worker.shakeHands();
        worker.send(requestOf({ maybeCompressedCode: code }));
        await until('it is being compiled', () => worker.stderr().includes('compiled'));
        worker.hangUp();
        assert.equal((await worker.ended).code, 1);
        assert.doesNotMatch(worker.stderr(), /step compile/);
      },
      { log: 'debug' },
    ));
});

/** Damages what is inside an entry, with a head that says it is whole: then only the engine's own checks are left. */
async function damageFunctions(file: string): Promise<void> {
  const entry = readFileSync(file);
  const key = entry.subarray(8, 40);
  const functions = await decodeEntry(key, entry);
  for (let at = 8; at < functions.length; at += 1009) functions[at] = (functions[at] ?? 0) ^ 0x01;
  writeFileSync(file, Buffer.concat(await encodeEntry(key, functions)));
}
