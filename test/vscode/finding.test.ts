import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Report } from '../../src/model/report.ts';
import { acceptedBlob } from './support/blobs.ts';
import { codeHash } from './support/code-hash.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { set, useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

const prepareAll = () => vscode.commands.executeCommand<Report[]>('pvf.prepareAll');

describe('runtimes are found', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('found-runtime');
  const prepared = usePrepared();

  it('and prepared by themselves, in a project that had no target folder at all', async () => {
    project.build(acceptedBlob(1));
    assert.equal((await prepared.wait(project.blob)).verdict.vote, 'accept');
  });

  it('again when they are built anew in folders that were made at once', async () => {
    rmSync(project.path('target'), { recursive: true });
    project.build(acceptedBlob(2));
    await prepared.wait(project.blob);
    project.build(acceptedBlob(3));
    await prepared.wait(project.blob, ({ runtime }) => runtime.codeHash === codeHash(acceptedBlob(3)));
  });

  it('where files.watcherExclude hides the target folder', async () => {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('watcherExclude', { '**/target/**': true }, vscode.ConfigurationTarget.Global);
    try {
      project.build(acceptedBlob(4));
      await prepared.wait(project.blob);
      const other = project.write('target/production/wbuild/found-runtime/found_runtime.wasm', acceptedBlob(5));
      await prepared.wait(other);
    } finally {
      await files.update('watcherExclude', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('in the folders of pvf.targetDirectories, and no longer when it names none', async () => {
    const blob = project.write('out of the way/any name', acceptedBlob(6));
    const paths = async () => (await prepareAll()).map(({ runtime }) => runtime.path);
    await set('targetDirectories', [project.path('out of the way')]);
    try {
      await until('it is there', paths, (all) => all.includes(blob));
    } finally {
      await set('targetDirectories', undefined);
    }
    await until('it is not there', paths, (all) => !all.includes(blob));
  });

  it('by their content: what is only called .wasm is none', async () => {
    project.write('target/release/wbuild/found-runtime/text.wasm', 'no wasm at all');
    const real = project.write('target/release/wbuild/found-runtime/real.wasm', acceptedBlob(7));
    // Both came at once, so the other was looked at too.
    await prepared.wait(real);
    const names = (await prepareAll()).map(({ runtime }) => runtime.path.replace(/^.*\//, ''));
    assert.ok(names.includes('real.wasm'));
    assert.ok(!names.includes('text.wasm'), names.join());
  });

  it('and forgotten when their files go', async () => {
    rmSync(project.path('target'), { recursive: true });
    const last = project.write('target/release/wbuild/found-runtime/last.wasm', acceptedBlob(8));
    await prepared.wait(last);
    assert.deepEqual(
      (await prepareAll()).map(({ runtime }) => runtime.path),
      [last],
    );
  });

  it('anywhere, once a person has picked the file', async () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'pvf-picked-')));
    const picked = path.join(folder, 'whatever.bin');
    try {
      writeFileSync(picked, acceptedBlob(9));
      await vscode.commands.executeCommand('pvf.prepare', vscode.Uri.file(picked));
      writeFileSync(picked, acceptedBlob(10));
      await prepared.wait(picked, ({ runtime }) => runtime.codeHash === codeHash(acceptedBlob(10)));
    } finally {
      rmSync(folder, { recursive: true });
    }
    const paths = async () => (await prepareAll()).map(({ runtime }) => runtime.path);
    await until('it is forgotten', paths, (all) => !all.includes(picked));
  });
});
