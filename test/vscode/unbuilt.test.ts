import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs, openedTab } from './support/tabs.ts';
import { SLOW_MS, until } from './support/until.ts';

describe('a runtime that is not built', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const project = useProject('unbuilt-runtime');
  const log = () => project.path('runtime/cargo.log');
  const target = () => ({ manifestPath: project.manifest });
  afterEach(closeTabs);

  before(async () => {
    const dependency = '\n[build-dependencies]\nsubstrate-wasm-builder = "26"\n';
    project.write('runtime/Cargo.toml', `${readFileSync(project.manifest, 'utf8')}${dependency}`);
    await vscode.commands.executeCommand('pvf.refresh');
  });

  it('has tasks', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    const names = tasks.filter(({ definition }) => definition['manifest'] === project.manifest).map(({ name }) => name);
    assert.deepEqual(names.sort(), ['build unbuilt-runtime', 'check unbuilt-runtime', 'prepare unbuilt-runtime']);
  });

  it('is opened and built by commands of its row', async () => {
    await vscode.commands.executeCommand('pvf.openManifest', target());
    await openedTab('Cargo.toml');
    await vscode.commands.executeCommand('pvf.build', target());
    const calls = () => (existsSync(log()) ? readFileSync(log(), 'utf8') : '');
    await until('cargo to run', calls, (text) =>
      text.includes(`cargo build --manifest-path ${project.manifest} --release`),
    );
  });

  it('leads to its blob once it is built', async () => {
    project.build(acceptedBlob(40));
    await vscode.commands.executeCommand('pvf.refresh');
    await vscode.commands.executeCommand('pvf.revealBlob', { runtimeId: project.id });
    await vscode.commands.executeCommand('pvf.openManifest', { runtimeId: project.id });
    await openedTab('Cargo.toml');
  });

  it('can be prepared after the worker was restarted', async () => {
    const prepare = () => vscode.commands.executeCommand<{ vote: string }>('pvf.prepare', { runtimeId: project.id });
    assert.equal((await prepare()).vote, 'accept');
    await vscode.commands.executeCommand('pvf.restartWorker');
    project.build(acceptedBlob(41));
    await vscode.commands.executeCommand('pvf.refresh');
    assert.equal((await prepare()).vote, 'accept');
  });
});
