import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Report } from '../../src/model/report.ts';
import { acceptedBlob, rejectedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs, openedTab } from './support/tabs.ts';
import { SLOW_MS } from './support/until.ts';

const run = (id: string, ...args: unknown[]) => vscode.commands.executeCommand<Report | undefined>(id, ...args);

describe('the check commands', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const first = useProject('first-runtime');
  const second = useProject('second-runtime');
  const prepared = usePrepared();
  afterEach(closeTabs);

  before(async () => {
    first.build(acceptedBlob(1));
    second.build(rejectedBlob(1));
    await run('pvf.refresh');
  });

  it('pvf.prepare accepts a blob file', async () => {
    const report = await run('pvf.prepare', vscode.Uri.file(first.blob));
    assert.equal(report?.vote, 'accept', report?.conclusion.reason);
    assert.equal(report?.runtime.path, first.blob);
    assert.equal(report?.worker?.kind, 'portable');
  });

  it('pvf.prepare accepts the Cargo.toml of a runtime', async () => {
    const report = await run('pvf.prepare', vscode.Uri.file(second.manifest));
    assert.equal(report?.runtime.path, second.blob);
    assert.equal(report?.vote, 'reject');
  });

  it('pvf.prepare accepts a runtime id', async () => {
    const report = await run('pvf.prepare', { runtimeId: first.id });
    assert.equal(report?.runtime.path, first.blob);
  });

  it('pvf.prepare accepts any file and adds it as a runtime', async () => {
    const picked = first.write('elsewhere/any.bin', acceptedBlob(3));
    const report = await run('pvf.prepare', vscode.Uri.file(picked));
    assert.equal(report?.vote, 'accept');
    assert.equal((await run('pvf.prepare', { runtimeId: picked }))?.runtime.path, picked);
  });

  it('pvf.prepareAll returns all reports', async () => {
    await run('pvf.refresh');
    const reports = await vscode.commands.executeCommand<Report[]>('pvf.prepareAll');
    const votes = new Map(reports.map(({ runtime, vote }) => [runtime.path, vote]));
    assert.equal(votes.get(first.blob), 'accept');
    assert.equal(votes.get(second.blob), 'reject');
  });

  it('pvf.inspect runs no worker and opens the report', async () => {
    second.build(rejectedBlob(2));
    await run('pvf.refresh');
    const report = await run('pvf.inspect', vscode.Uri.file(second.blob));
    assert.equal(report?.worker, undefined);
    assert.equal(report?.outcome, undefined);
    assert.equal(report?.runtime.storedBytes, readFileSync(second.blob).length);
    await openedTab('second-runtime');
    assert.deepEqual(prepared.of(second.blob), []);
  });

  it('pvf.cancel does not affect later checks', async () => {
    await run('pvf.cancel');
    assert.equal((await run('pvf.prepare', { runtimeId: first.id }))?.vote, 'accept');
  });
});
