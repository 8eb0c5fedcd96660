/** An untrusted workspace: its programs are not run, and everything that needs no trust works. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { plainPvf } from '../support/plain-pvf.ts';
import { type RuntimeCrate, writeRuntimeProject } from '../support/runtime-project.ts';
import { eventually } from './support/eventually.ts';
import { runtimesTree } from './support/tree.ts';
import { useWorkbench } from './support/use-workbench.ts';

const crate: RuntimeCrate = { name: 'foreign-runtime', folder: 'runtime', blobs: { compressed: plainPvf } };
/** A worker where the search finds it, and one that only the workspace's settings contain. */
const built = 'target/release/polkadot-prepare-worker';
const named = 'tools/polkadot-prepare-worker';

describe('an untrusted workspace', function () {
  this.timeout(300_000);
  const workbench = useWorkbench(() => ({
    workspace: (folder) => {
      writeRuntimeProject(folder, [crate]);
      for (const program of [built, named]) writeMarkingProgram(path.join(folder, program));
      writeSettings(folder, { 'pvf.worker': `./${named}` });
    },
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  }));
  const wasRun = (program: string) => existsSync(path.join(workbench().workspace, `${program}.was-run`));

  it('opens in Restricted Mode, where inspecting works', async () => {
    const { page, runCommand, preview } = workbench();
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await runCommand('Polkadot: Inspect PVF');
    await preview().locator('table', { hasText: 'Stored size' }).first().waitFor();
  });

  it('uses the built-in worker, not one from its settings or builds', async () => {
    const { runCommand, clearToasts } = workbench();
    await runCommand('Polkadot: Prepare PVF');
    const { line, open } = await runtimesTree(workbench());
    await line('Conclusion', /^pass: /);
    await open('Details');
    await line('Worker', /^built-in /);
    await clearToasts();
    assert.deepEqual([built, named].filter(wasRun), []);
  });

  it('runs none of its programs for diagnostics', async () => {
    const { page, runCommand } = workbench();
    await runCommand('Polkadot: Show PVF Diagnostics');
    await page.locator('.tab.active', { hasText: 'PVF diagnostics.md' }).waitFor();
    await page.locator('.view-line', { hasText: 'not trusted' }).first().waitFor();
    assert.deepEqual([built, named].filter(wasRun), []);
  });

  it('uses its own workers once it is trusted', async () => {
    const { page, runCommand } = workbench();
    await runCommand('Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await runCommand('Polkadot: Show PVF Diagnostics');
    await eventually('the worker in its settings is run', () => wasRun(named), Boolean);
    writeSettings(workbench().workspace, {});
    await runCommand('Polkadot: Prepare PVF');
    await eventually('the worker from its builds is run', () => wasRun(built), Boolean);
  });
});

/** A program that creates a file when it runs. It is not a worker. */
function writeMarkingProgram(program: string): void {
  mkdirSync(path.dirname(program), { recursive: true });
  writeFileSync(program, '#!/bin/sh\n: > "$0.was-run"\nexit 1\n', { mode: 0o755 });
}

function writeSettings(folder: string, settings: object): void {
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}
