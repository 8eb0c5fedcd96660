/** A project that was never built: the instructions for the user, and picking a file. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { plainPvf } from '../support/plain-pvf.ts';
import { writeRuntimeProject } from '../support/runtime-project.ts';
import { eventually } from './support/eventually.ts';
import { runtimesTree } from './support/tree.ts';
import { useWorkbench } from './support/use-workbench.ts';

const BLOB = 'downloaded.compact.compressed.wasm';

describe('a project that was not built', function () {
  this.timeout(300_000);
  const workbench = useWorkbench(() => ({
    name: 'shell-parachain',
    workspace: (folder) => {
      writeRuntimeProject(folder, [{ name: 'shell-runtime', folder: 'runtime' }]);
      writeFileSync(path.join(folder, BLOB), plainPvf);
    },
    // The built-in worker needs no installation.
    settings: { 'pvf.worker': 'portable' },
  }));

  it('has a view with its crate and a build button', async () => {
    const { openFile, screenshot } = workbench();
    await openFile('lib.rs');
    const { line, row } = await runtimesTree(workbench());
    await line('shell-runtime', /^not built$/);
    const crate = await row('shell-runtime');
    await crate.hover();
    // VS Code takes a moment to trust the workspace.
    await crate.locator('.action-label[aria-label^="Build Runtime"]').waitFor();
    await screenshot('welcome');
  });

  it('explains the build in a message, and in the walkthrough that its button opens', async () => {
    const { page, runCommand, toasts, clearToasts } = workbench();
    await runCommand('Polkadot: Prepare PVF');
    const isShown = (texts: string[]) => texts.some((text) => text.includes('cargo build --release -p shell-runtime'));
    await eventually('it says how to build', toasts, isShown);
    await page.locator('.notifications-toasts .monaco-button', { hasText: 'Build shell-runtime' }).waitFor();
    await page.locator('.notifications-toasts .monaco-button', { hasText: 'How to Build' }).click();
    await page.locator('.getting-started-step.expanded', { hasText: 'Build your runtime' }).waitFor();
    await clearToasts();
  });

  it('offers to pick a file, then prepares it and keeps it in the view', async () => {
    const { page, runCommand, clearToasts } = workbench();
    await runCommand('Polkadot: Prepare PVF');
    await page.locator('.notifications-toasts .monaco-button', { hasText: 'Pick a File…' }).click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: BLOB }).click();
    const { line } = await runtimesTree(workbench());
    await line('downloaded · plain v1', /accepted/);
    await clearToasts();
  });
});
