import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated } from './support/activated.ts';
import { acceptedBlob, rejectedBlob, slowBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';
import { busyWorker, isAlive } from './support/worker-processes.ts';

describe('the public API', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const project = useProject('api-runtime');
  const prepared = usePrepared();
  const file = (name: string, blob: Uint8Array) => vscode.Uri.file(project.write(name, blob));

  it('has the members of media/api.d.ts and the version of package.json', async () => {
    const api = await activated();
    assert.deepEqual(Object.keys(api).sort(), ['onDidPrepare', 'prepare', 'version']);
    const extension = vscode.extensions.getExtension('polkadot-pvf.polkadot-pvf');
    assert.ok(extension);
    const { version } = extension.packageJSON as { readonly version: string };
    assert.equal(api.version, version);
    assert.equal(extension.exports, api);
  });

  it('prepares a file and fires onDidPrepare', async () => {
    const { prepare } = await activated();
    const uri = file('good.wasm', acceptedBlob());
    const report = await prepare(uri);
    assert.equal(report.vote, 'accept', report.conclusion.reason);
    assert.equal(report.worker?.kind, 'portable');
    assert.equal(report.outcome?.kind, 'concluded');
    assert.deepEqual(prepared.of(uri.fsPath), [report]);
  });

  it('resolves for a rejected blob, too', async () => {
    const { prepare } = await activated();
    const { vote, conclusion, outcome } = await prepare(file('bad.wasm', rejectedBlob()));
    assert.equal(vote, 'reject');
    assert.notEqual(conclusion.reason, '');
    assert.equal(outcome?.error?.deterministic, true);
  });

  it('rejects if there is no report', async () => {
    const { prepare } = await activated();
    await assert.rejects(prepare(vscode.Uri.file(project.path('absent.wasm'))), /absent\.wasm/);
    await assert.rejects(prepare(vscode.Uri.file(path.dirname(project.manifest))), /folder|directory|regular file/);
  });

  it('rejects with the reason of the signal and leaves no process', async () => {
    const { prepare } = await activated();
    const uri = file('slow.wasm', slowBlob(0));
    await assert.rejects(prepare(uri, { signal: AbortSignal.abort(new Error('never mind')) }), /never mind/);
    const cancel = new AbortController();
    const preparing = prepare(uri, { signal: cancel.signal });
    preparing.catch(() => {});
    const worker = await busyWorker();
    cancel.abort(new Error('enough'));
    await assert.rejects(preparing, /enough/);
    await until(
      'the worker is gone',
      () => isAlive(worker),
      (is) => !is,
    );
    assert.deepEqual(prepared.of(uri.fsPath), []);
  });
});
