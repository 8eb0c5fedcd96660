import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ArtifactStore } from '../../../../src/worker/artifacts/artifact-store.ts';
import { pruneFolder, type StoreLimits } from '../../../../src/worker/artifacts/prune.ts';

interface Facts {
  readonly note: string;
}

function parseFacts(json: unknown): Facts | undefined {
  const { note } = json as Partial<Facts>;
  return note === undefined ? undefined : { note };
}

const HOUR_MS = 60 * 60 * 1000;
const roomy: StoreLimits = { maxBytes: 2 ** 30, maxAgeMs: 24 * HOUR_MS };

/** 64 hex digits, as a key or (with `0x`) a checksum. */
const digits = (digit: string) => digit.repeat(64);

function withFolder(test: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pvf-test-'));
    try {
      await test(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function withStore(test: (store: ArtifactStore<Facts>, folder: string) => Promise<void>): () => Promise<void> {
  return withFolder(async (folder) => test(await ArtifactStore.open(join(folder, 'store'), roomy, parseFacts), folder));
}

/** Writes an artifact elsewhere and promotes it. */
async function promote(store: ArtifactStore<Facts>, key: string, bytes: string, checksum: string): Promise<string> {
  const path = join(store.folder, '..', 'finished');
  writeFileSync(path, bytes);
  return store.promote(key, { path, bytes: bytes.length, checksum: `0x${checksum}` }, { note: bytes });
}

function replace(path: string, put: () => void): void {
  rmSync(path);
  put();
}

/** A file outside the store with the bytes of the artifact. */
function other(path: string): string {
  const copy = join(dirname(path), '..', 'copy');
  writeFileSync(copy, 'bytes');
  return copy;
}

const recordOf = (path: string) => join(dirname(path), `${basename(path).slice(2, 66)}.json`);

const makeOlder = (path: string, ms: number) => {
  const when = new Date(Date.now() - ms);
  utimesSync(path, when, when);
};

describe('ArtifactStore', () => {
  it(
    'stores an artifact under its key and checksum, with its facts',
    withStore(async (store, folder) => {
      assert.equal(await store.find(digits('a')), undefined);
      const path = await promote(store, digits('a'), 'bytes', digits('1'));
      assert.equal(path, join(store.folder, `0x${digits('a')}${digits('1')}.pvf`));
      assert.equal(readFileSync(path, 'utf8'), 'bytes');
      assert(!existsSync(join(folder, 'finished')));
      const record = { file: `0x${digits('a')}${digits('1')}.pvf`, bytes: 5, facts: { note: 'bytes' } };
      assert.deepEqual(await store.find(digits('a')), { record, path });
      assert.equal(await store.find(digits('b')), undefined);

      const another = await ArtifactStore.open(store.folder, roomy, parseFacts);
      assert.deepEqual(await another.find(digits('a')), { record, path });
      assert.equal(statSync(store.folder).mode & 0o777, 0o700);
    }),
  );

  it(
    'finds the latest artifact of a key and keeps the earlier one',
    withStore(async (store) => {
      const first = await promote(store, digits('a'), 'one', digits('1'));
      const second = await promote(store, digits('a'), 'another', digits('2'));
      assert.equal((await store.find(digits('a')))?.path, second);
      assert.equal(readFileSync(first, 'utf8'), 'one');
      await promote(store, digits('a'), 'one', digits('1'));
      assert.equal((await store.find(digits('a')))?.path, first);
    }),
  );

  const damage: Record<string, string> = {
    'no text': '',
    null: 'null',
    'a number instead of an object': '5',
    'no members': '{}',
    'truncated JSON': '{"file":"0x',
    'no name': '{"bytes":5,"facts":{"note":""}}',
    'no size': `{"file":"0x${digits('a')}${digits('1')}.pvf","facts":{"note":""}}`,
    'another size': `{"file":"0x${digits('a')}${digits('1')}.pvf","bytes":6,"facts":{"note":""}}`,
    'a file of another key': `{"file":"0x${digits('b')}${digits('1')}.pvf","bytes":5,"facts":{"note":""}}`,
    'no facts': `{"file":"0x${digits('a')}${digits('1')}.pvf","bytes":5}`,
    'other facts': `{"file":"0x${digits('a')}${digits('1')}.pvf","bytes":5,"facts":{"answer":""}}`,
    'a file outside': '{"file":"../outside","bytes":5,"facts":{"note":""}}',
  };
  for (const [what, text] of Object.entries(damage)) {
    it(
      `ignores a record with ${what} until the artifact is promoted again`,
      withStore(async (store, folder) => {
        writeFileSync(join(folder, 'outside'), 'bytes');
        await promote(store, digits('b'), 'bytes', digits('1'));
        const path = await promote(store, digits('a'), 'bytes', digits('1'));
        writeFileSync(join(store.folder, `${digits('a')}.json`), text);
        assert.equal(await store.find(digits('a')), undefined);
        await promote(store, digits('a'), 'bytes', digits('1'));
        assert.equal((await store.find(digits('a')))?.path, path);
      }),
    );
  }

  for (const [what, harm] of [
    ['is missing', (path: string) => rmSync(path)],
    ['is truncated', (path: string) => writeFileSync(path, 'byte')],
    ['is a link', (path: string) => replace(path, () => symlinkSync(other(path), path))],
    ['is a folder', (path: string) => replace(path, () => mkdirSync(path))],
    ['is a FIFO', (path: string) => replace(path, () => execFileSync('mkfifo', [path]))],
    [
      'has a FIFO as its record',
      (path: string) => replace(recordOf(path), () => execFileSync('mkfifo', [recordOf(path)])),
    ],
    [
      'has a link to a device as its record',
      (path: string) => replace(recordOf(path), () => symlinkSync('/dev/zero', recordOf(path))),
    ],
  ] as const) {
    it(
      `does not find an artifact that ${what}`,
      withStore(async (store) => {
        harm(await promote(store, digits('a'), 'bytes', digits('1')));
        assert.equal(await store.find(digits('a')), undefined);
      }),
    );
  }

  it(
    'restores the record of an artifact after pruning',
    withStore(async (store) => {
      await promote(store, digits('a'), 'bytes', digits('1'));
      rmSync(join(store.folder, `${digits('a')}.json`));
      await promote(store, digits('a'), 'bytes', digits('1'));
      assert(await store.find(digits('a')));
    }),
  );

  it(
    "promotes an artifact even if its record can't be written",
    withStore(async (store) => {
      mkdirSync(join(store.folder, `${digits('a')}.json`));
      const path = await promote(store, digits('a'), 'bytes', digits('1'));
      assert.equal(readFileSync(path, 'utf8'), 'bytes');
      assert.equal(await store.find(digits('a')), undefined);
      assert.deepEqual(readdirSync(store.folder).sort(), [basename(path), `${digits('a')}.json`]);
    }),
  );

  it(
    "leaves the artifact in place if it can't be promoted",
    withStore(async (store, folder) => {
      const inTheWay = `0x${digits('a')}${digits('1')}.pvf`;
      mkdirSync(join(store.folder, inTheWay));
      await assert.rejects(promote(store, digits('a'), 'bytes', digits('1')), /rename/);
      assert.equal(readFileSync(join(folder, 'finished'), 'utf8'), 'bytes');
      assert.deepEqual(readdirSync(store.folder), [inTheWay]);
    }),
  );

  it(
    "can't be opened at the path of a file",
    withFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '');
      // The code depends on Node's release.
      const isInTheWay = { code: /^(EEXIST|ENOTDIR)$/ };
      await assert.rejects(ArtifactStore.open(join(folder, 'file'), roomy, parseFacts), isInTheWay);
      await assert.rejects(ArtifactStore.open(join(folder, 'file', 'below'), roomy, parseFacts), isInTheWay);
    }),
  );
});

describe('pruning', () => {
  it(
    'deletes artifacts that were unused for too long, with their records',
    withStore(async (store) => {
      for (const key of ['a', 'b', 'c']) await promote(store, digits(key), key, digits('1'));
      for (const name of readdirSync(store.folder)) makeOlder(join(store.folder, name), 25 * HOUR_MS);
      // Finding an artifact uses it.
      await store.find(digits('b'));
      await pruneFolder(store.folder, roomy);
      assert.deepEqual(readdirSync(store.folder).sort(), [`0x${digits('b')}${digits('1')}.pvf`, `${digits('b')}.json`]);
      assert(await store.find(digits('b')));
    }),
  );

  it(
    'deletes the least recently used artifacts until the rest fits',
    withStore(async (store) => {
      const paths: string[] = [];
      for (const key of ['a', 'b', 'c', 'd'])
        paths.push(await promote(store, digits(key), 'x'.repeat(100), digits('1')));
      for (const [at, path] of paths.entries()) makeOlder(path, (at + 1) * 1000);
      await store.find(digits('d'));
      await pruneFolder(store.folder, { ...roomy, maxBytes: 250 });
      assert.deepEqual(
        paths.map((path) => existsSync(path)),
        [true, false, false, true],
      );
    }),
  );

  it(
    'happens when a store is opened, and as it grows',
    withStore(async (store) => {
      const path = await promote(store, digits('a'), 'x'.repeat(100), digits('1'));
      makeOlder(path, 1000);
      const small = await ArtifactStore.open(store.folder, { ...roomy, maxBytes: 99 }, parseFacts);
      assert(!existsSync(path));
      await promote(small, digits('b'), 'x'.repeat(99), digits('1'));
      makeOlder((await small.find(digits('b')))?.path ?? '', 1000);
      await promote(small, digits('c'), 'x'.repeat(99), digits('1'));
      assert.deepEqual([await small.find(digits('b')), (await small.find(digits('c')))?.record.bytes], [undefined, 99]);
    }),
  );

  it(
    "removes files of dead processes, but no living worker's directory",
    withStore(async (store) => {
      const names = ['worker-dir-prepare-aaaaaa', 'worker-dir-prepare-bbbbbb', '.0011223344556677.tmp'];
      for (const name of names.slice(0, 2)) mkdirSync(join(store.folder, name));
      for (const name of names.slice(0, 2)) writeFileSync(join(store.folder, name, 'tmp-artifact'), 'left');
      writeFileSync(join(store.folder, names[2] ?? ''), '');
      makeOlder(join(store.folder, names[0] ?? ''), 25 * HOUR_MS);
      makeOlder(join(store.folder, names[2] ?? ''), 25 * HOUR_MS);
      await pruneFolder(store.folder, { ...roomy, maxBytes: 0 });
      assert.deepEqual(readdirSync(store.folder), [names[1]]);
    }),
  );
});

describe('several processes on one store', function () {
  this.timeout(60_000);
  const script = join(import.meta.dirname, 'store-stress.ts');

  /** Promotes and finds artifacts in rounds. The process fails on wrong bytes, and prints what it lost. */
  async function stress(folder: string, seed: number, limits: StoreLimits): Promise<{ lost: number; found: number }> {
    const args = ['--import=tsx', script, folder, String(seed), JSON.stringify(limits)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 0);
    return JSON.parse(text);
  }

  it(
    'lose nothing and never get bytes that differ from the checksum',
    withFolder(async (folder) => {
      const ends = await Promise.all([1, 2, 3].map((seed) => stress(folder, seed, roomy)));
      for (const { lost, found } of ends) {
        assert.equal(lost, 0);
        assert(found > 0);
      }
    }),
  );

  it(
    'never get wrong bytes during constant pruning',
    withFolder(async (folder) => {
      const limits = { ...roomy, maxBytes: 3000 };
      const ends = await Promise.all([1, 2, 3].map((seed) => stress(folder, seed, limits)));
      assert(ends.every(({ found }) => found > 0));
      await pruneFolder(folder, limits);
      const kept = readdirSync(folder).filter((name) => name.endsWith('.pvf'));
      const bytes = kept.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
      assert(bytes <= limits.maxBytes, `${bytes} bytes are left`);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.endsWith('.tmp')),
        [],
      );
    }),
  );
});
