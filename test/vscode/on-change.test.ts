import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { acceptedBlob, blobWithoutValidateBlock, rejectedBlob, slowBlob } from './support/blobs.ts';
import { codeHash } from './support/code-hash.ts';
import { usePrepared } from './support/prepared.ts';
import { findingsIn } from './support/problems.ts';
import { useProject } from './support/project.ts';
import { set, useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';
import { busyWorker } from './support/worker-processes.ts';

describe('pvf.onChange', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('changing-runtime');
  /** Once it was checked, earlier changes were noticed, too. */
  const witness = useProject('witness-runtime');
  const prepared = usePrepared();

  it('prepare: prepares a changed blob', async () => {
    project.build(acceptedBlob(1));
    await prepared.wait(project.blob, ({ vote }) => vote === 'accept');
    project.build(rejectedBlob(1));
    await prepared.wait(project.blob, ({ vote }) => vote === 'reject');
  });

  it('inspect: inspects a changed blob without a worker', async () => {
    await set('onChange', 'inspect');
    project.build(acceptedBlob(2));
    // The finding comes from an inspection: a preparation would have fired the event.
    await until(
      'the finding',
      () => findingsIn(project.buildScript),
      (ids) => ids.includes('not-compressed'),
    );
    assert.deepEqual(prepared.of(project.blob), []);
  });

  it('off: runs no check and removes the problems of the previous blob', async () => {
    await set('onChange', 'off');
    project.swap(acceptedBlob(3));
    await until(
      'no finding',
      () => findingsIn(project.buildScript),
      ({ length }) => length === 0,
    );
    await set('onChange', 'prepare');
    witness.build(acceptedBlob(4));
    await prepared.wait(witness.blob);
    assert.deepEqual(prepared.of(project.blob), []);
  });

  it('does not prepare a development build, a runtime of another chain or an excluded one, except on request', async () => {
    const development = project.write('target/debug/wbuild/changing-runtime/changing_runtime.wasm', acceptedBlob(20));
    project.write('solo/Cargo.toml', '[package]\nname = "solo-runtime"\nversion = "1.0.0"\n');
    const solo = project.write('target/release/wbuild/solo-runtime/solo_runtime.wasm', blobWithoutValidateBlock());
    await set('exclude', ['changing-*']);
    project.build(acceptedBlob(21));
    witness.build(acceptedBlob(22));
    await prepared.wait(witness.blob);
    for (const blob of [development, solo, project.blob]) assert.deepEqual(prepared.of(blob), []);
    await vscode.commands.executeCommand('pvf.prepareAll');
    for (const blob of [development, solo, project.blob]) assert.deepEqual(prepared.of(blob), []);
    await vscode.commands.executeCommand('pvf.prepare', vscode.Uri.file(solo));
    await prepared.wait(solo);
    await set('include', ['changing-runtime']);
    await vscode.commands.executeCommand('pvf.refresh');
    project.build(acceptedBlob(23));
    await prepared.wait(project.blob);
    await set('include', undefined);
    await set('exclude', undefined);
    rmSync(project.path('solo'), { recursive: true });
    for (const folder of ['debug', 'release/wbuild/solo-runtime'])
      rmSync(project.path('target', folder), { recursive: true });
    await vscode.commands.executeCommand('pvf.refresh');
  });

  it('reports only the last of several builds in a row', async () => {
    await set('onChange', 'prepare');
    for (const mark of [5, 6, 7, 8]) project.build(acceptedBlob(mark));
    await prepared.wait(project.blob);
    witness.build(acceptedBlob(9));
    await prepared.wait(witness.blob);
    assert.deepEqual(
      prepared.of(project.blob).map(({ runtime }) => runtime.codeHash),
      [codeHash(acceptedBlob(8))],
    );
  });

  it('replaces a running check when its blob changes', async () => {
    project.build(slowBlob(1));
    await busyWorker();
    project.build(acceptedBlob(10));
    const report = await prepared.wait(project.blob);
    assert.equal(report.runtime.codeHash, codeHash(acceptedBlob(10)));
    assert.equal(prepared.of(project.blob).length, 1);
  });

  it('does not check the same bytes again', async () => {
    project.build(acceptedBlob(11));
    await prepared.wait(project.blob);
    project.swap(acceptedBlob(11));
    witness.build(acceptedBlob(12));
    await prepared.wait(witness.blob);
    assert.equal(prepared.of(project.blob).length, 1);
  });
});
