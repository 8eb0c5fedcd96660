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

describe('the search for runtimes', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('found-runtime');
  const prepared = usePrepared();

  it('finds and prepares the first build of a project without a target folder', async () => {
    project.build(acceptedBlob(1));
    assert.equal((await prepared.wait(project.blob)).vote, 'accept');
  });

  it('finds a new build in nested folders that were created at once', async () => {
    rmSync(project.path('target'), { recursive: true });
    project.build(acceptedBlob(2));
    await prepared.wait(project.blob);
    project.build(acceptedBlob(3));
    await prepared.wait(project.blob, ({ runtime }) => runtime.codeHash === codeHash(acceptedBlob(3)));
  });

  it('finds builds in a target folder that files.watcherExclude hides', async () => {
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

  it('searches the folders of pvf.targetDirectories until they are removed from it', async () => {
    const blob = project.write('out of the way/any name', acceptedBlob(6));
    const paths = async () => (await prepareAll()).map(({ runtime }) => runtime.path);
    await set('targetDirectories', [project.path('out of the way')]);
    try {
      await until('it is found', paths, (all) => all.includes(blob));
    } finally {
      await set('targetDirectories', undefined);
    }
    await until('it is not found', paths, (all) => !all.includes(blob));
  });

  it("searches the target folder in the terminal's environment", async () => {
    const blob = project.write('terminal target/release/wbuild/found-runtime/found_runtime.wasm', acceptedBlob(11));
    const terminal = vscode.workspace.getConfiguration('terminal.integrated.env');
    const systems: Readonly<Record<string, string>> = { win32: 'windows', darwin: 'osx' };
    const system = systems[process.platform] ?? 'linux';
    const paths = async () => (await prepareAll()).map(({ runtime }) => runtime.path);
    const value = { CARGO_TARGET_DIR: project.path('terminal target') };
    await terminal.update(system, value, vscode.ConfigurationTarget.Global);
    try {
      await until('it is found', paths, (all) => all.includes(blob));
    } finally {
      await terminal.update(system, undefined, vscode.ConfigurationTarget.Global);
    }
    await until('it is not found', paths, (all) => !all.includes(blob));
  });

  it('ignores .wasm files with other content', async () => {
    project.write('target/release/wbuild/found-runtime/text.wasm', 'no wasm at all');
    const real = project.write('target/release/wbuild/found-runtime/real.wasm', acceptedBlob(7));
    // Both were written at once, so the search saw both.
    await prepared.wait(real);
    const names = (await prepareAll()).map(({ runtime }) => runtime.path.replace(/^.*\//, ''));
    assert.ok(names.includes('real.wasm'));
    assert.ok(!names.includes('text.wasm'), names.join());
  });

  it('removes runtimes whose files were deleted', async () => {
    rmSync(project.path('target'), { recursive: true });
    const last = project.write('target/release/wbuild/found-runtime/last.wasm', acceptedBlob(8));
    await prepared.wait(last);
    assert.deepEqual(
      (await prepareAll()).map(({ runtime }) => runtime.path),
      [last],
    );
  });

  it('follows a picked file outside the workspace', async () => {
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
    await until('it is removed', paths, (all) => !all.includes(picked));
  });
});
