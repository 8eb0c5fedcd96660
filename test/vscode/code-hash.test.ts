import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { codeHash } from './support/code-hash.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS } from './support/until.ts';

describe('pvf.copyCodeHash', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const project = useProject('hashed-runtime');

  it('copies the hash of the stored bytes without a preparation', async () => {
    project.build(acceptedBlob(1));
    await vscode.commands.executeCommand('pvf.refresh');
    const copied = await vscode.commands.executeCommand('pvf.copyCodeHash', { runtimeId: project.id });
    assert.equal(copied, codeHash(readFileSync(project.blob)));
    assert.equal(await vscode.env.clipboard.readText(), copied);
  });

  it('copies the hash of the present bytes', async () => {
    await vscode.commands.executeCommand('pvf.prepare', { runtimeId: project.id });
    // At once, before a watcher can notice the change.
    project.build(acceptedBlob(2));
    await vscode.commands.executeCommand('pvf.copyCodeHash', { runtimeId: project.id });
    assert.equal(await vscode.env.clipboard.readText(), codeHash(readFileSync(project.blob)));
  });
});
