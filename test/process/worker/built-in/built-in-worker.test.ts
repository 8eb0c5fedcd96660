import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEngineManifest } from '../../../../src/base/engine-manifest.ts';
import { builtInProgram, builtInWorker } from '../../../../src/worker/built-in/built-in-worker.ts';
import { builtInFiles } from '../../../../src/worker/built-in/package-files.ts';
import { builtInRevision, builtInVersion } from '../../../../src/worker/built-in/version.ts';
import { figuresOf, securityStatus } from '../../../../src/worker/probe/examined-worker.ts';
import { noSandbox } from '../../../../src/worker/wire/handshake.ts';
import { revision, revisionsFor } from '../../../../src/worker/wire/revision.ts';
import { builtInOptions, installBuiltIn, ownPackage, sampleManifest } from '../../../support/built-in.ts';

describe('the built-in worker', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-built-in-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('uses the wire revision of its version', () => {
    assert.deepEqual(revisionsFor(builtInVersion), [revision(builtInRevision)]);
  });

  it('is described without being run', async () => {
    installBuiltIn(folder);
    const worker = await builtInWorker(builtInOptions(folder));
    assert.equal(worker.kind, 'portable');
    assert.equal(worker.path, path.join(folder, 'dist/portable-worker.cjs'));
    assert.equal(worker.version, '1.25.1');
    assert.equal(worker.revision.id, '26.0.0');
    assert.equal(worker.engine, 'wasmtime 36.0.20 in WebAssembly');
    assert.match(worker.identity, /^[0-9a-f]{64}$/);
    assert.ok(worker.target.features.includes('has_sse42'));
    assert.equal(figuresOf(worker), 'estimated');
    assert.deepEqual(securityStatus(worker), noSandbox);
  });

  it('has an identity that depends on the engine, the package and the native helper', async () => {
    installBuiltIn(folder);
    const other = path.join(folder, 'other');
    const wasm = { bytes: 8, sha256: '12'.repeat(32) };
    installBuiltIn(other, { 'media/pvf-engine.json': JSON.stringify({ ...sampleManifest, wasm }) });
    const workers = await Promise.all([
      builtInWorker(builtInOptions(folder)),
      builtInWorker(builtInOptions(other)),
      builtInWorker(builtInOptions(folder, { packageVersion: '0.2.0' })),
      builtInWorker(builtInOptions(folder, { nativeEngine: '/e' })),
    ]);
    assert.equal(new Set(workers.map(({ identity }) => identity)).size, workers.length);
    const again = await builtInWorker(builtInOptions(folder, { instances: 3, storeFolder: '/s' }));
    assert.equal(again.identity, workers[0]?.identity, 'how it is run changes no byte');
  });

  it('measures with a native helper', async () => {
    installBuiltIn(folder);
    const worker = await builtInWorker(builtInOptions(folder, { nativeEngine: '/e/pvf-engine' }));
    assert.equal(figuresOf(worker), 'measured');
    assert.equal(worker.engine, 'wasmtime 36.0.20 as a native helper');
    assert.deepEqual(worker.program.leadingArgs.slice(-2), ['--native', '/e/pvf-engine']);
  });

  it('runs in the current Node with an empty environment', () => {
    const program = builtInProgram(builtInOptions(folder, { instances: 2 }), {
      execPath: '/node',
      versions: {} as never,
    });
    assert.deepEqual(program, {
      file: '/node',
      leadingArgs: [
        path.join(folder, 'dist/portable-worker.cjs'),
        '--store',
        path.join(folder, 'functions'),
        '--instances',
        '2',
      ],
      env: {},
      name: 'the built-in worker',
    });
  });

  it("runs in the editor's runtime as plain Node", () => {
    const versions = { electron: '30.0.0' } as unknown as NodeJS.ProcessVersions;
    const { env } = builtInProgram(builtInOptions(folder), { execPath: '/code', versions });
    assert.deepEqual(env, { ELECTRON_RUN_AS_NODE: '1' });
  });

  it('supports only one wire revision', async () => {
    installBuiltIn(folder);
    await assert.rejects(builtInWorker(builtInOptions(folder), '20.0.0'), {
      name: 'UnsupportedWorker',
      message: 'the built-in worker uses wire revision 26.0.0, not 20.0.0',
    });
    assert.equal((await builtInWorker(builtInOptions(folder), '26.0.0')).revision.id, '26.0.0');
  });

  for (const [what, manifest] of [
    ['without a manifest', undefined],
    ['with a truncated manifest', '{"engine"'],
    ['with another manifest', '{"engine": "1"}'],
    ['with a null manifest', 'null'],
  ] as const) {
    it(`is rejected ${what}`, async () => {
      installBuiltIn(folder, { 'media/pvf-engine.json': manifest });
      await assert.rejects(builtInWorker(builtInOptions(folder)), {
        name: 'UnsupportedWorker',
        message: /^the built-in worker has no engine: /,
      });
    });
  }

  it('has a manifest in this package', async () => {
    const { manifest, media } = builtInFiles(ownPackage);
    const { wasmtime, packed } = await readEngineManifest(manifest);
    assert.equal(wasmtime, '36.0.20', "that of the official worker's Cargo.lock");
    assert.equal(readFileSync(path.join(media, packed.file)).length, packed.bytes);
  });
});
