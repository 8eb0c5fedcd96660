import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toHex } from '../../src/base/bytes.ts';
import type { Report } from '../../src/model/report.ts';
import { acceptedBlob } from './support/blobs.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs } from './support/tabs.ts';
import { SLOW_MS, until } from './support/until.ts';

const prepare = (...args: unknown[]) => vscode.commands.executeCommand<Report | undefined>('pvf.prepare', ...args);
const open = (file: string) => vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));

describe('pvf.prepare with a file in the editor', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const project = useProject('edited-runtime');
  const genesis = { raw: { top: { '0x3a636f6465': toHex(acceptedBlob(31)) } } };
  const writeSpec = (name: string, more: object = {}) =>
    project.write(name, JSON.stringify({ name: 'Tick', id: 'tick', bootNodes: [], genesis, ...more }));
  afterEach(closeTabs);

  before(async () => {
    project.build(acceptedBlob(30));
    await vscode.commands.executeCommand('pvf.refresh');
  });

  it('takes a chain spec', async () => {
    const spec = writeSpec('specs/tick.json');
    await open(spec);
    const report = await prepare();
    assert.equal(report?.runtime.path, spec);
    assert.equal(report.runtime.codeAt, 'genesis.raw.top.0x3a636f6465');
  });

  it('takes hex text and a wasm file, which is no text document', async () => {
    const hex = project.write('specs/code.txt', toHex(acceptedBlob(32)).padEnd(8000, '0'));
    const wasm = project.write('specs/any.wasm', acceptedBlob(33));
    for (const file of [hex, wasm]) {
      await open(file);
      await until(
        'the tab',
        () => vscode.window.tabGroups.activeTabGroup.activeTab?.label,
        (label) => file.endsWith(`${label}`),
      );
      assert.equal((await prepare())?.runtime.path, file);
      await closeTabs();
    }
  });

  it('takes the runtime of the crate for its sources', async () => {
    assert.equal((await prepare(vscode.Uri.file(project.lib)))?.runtime.path, project.blob);
  });

  it('ignores other JSON files', async () => {
    await open(project.write('package.json', '{ "name": "tick", "version": "1.0.0" }'));
    const preparing = prepare();
    // There are several runtimes by now.
    await until(
      'a runtime to be chosen',
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return Promise.race([preparing, undefined]);
      },
      (report) => report !== undefined,
    );
    assert.notEqual((await preparing)?.runtime.path, project.path('package.json'));
  });

  it('asks for the code of a chain spec once', async () => {
    const spec = writeSpec('specs/quartz.json', { codeSubstitutes: { '1161532': toHex(acceptedBlob(34)) } });
    await open(spec);
    const preparing = prepare();
    await until(
      'a code to be chosen',
      async () => {
        await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return Promise.race([preparing, undefined]);
      },
      (report) => report !== undefined,
    );
    const report = await preparing;
    assert.match(report?.runtime.codeAt ?? '', /^(codeSubstitutes\.1161532|genesis\.raw\.top\.0x3a636f6465)$/);
    assert.equal((await prepare())?.runtime.codeAt, report?.runtime.codeAt);
  });
});
