/** A workspace with two runtimes: choosing one, and cancelling a long preparation. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describeWithCorpus } from '../support/corpus.ts';
import { processesNaming } from '../support/leaks.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { writeRuntimeProject } from '../support/runtime-project.ts';
import { eventually } from './support/eventually.ts';
import { pvfStatus, statusIsFailure } from './support/status.ts';
import { textOf } from './support/text.ts';
import { runtimesTree } from './support/tree.ts';
import { useWorkbench } from './support/use-workbench.ts';

const HYDRADX = 'hydradx-runtime · hydradx v408';

describeWithCorpus('two runtimes in the workbench', (corpus) => {
  describeWithOfficialWorker('with the official worker', (worker) => {
    describe('a built project', function () {
      this.timeout(300_000);
      const workbench = useWorkbench(() => ({
        name: 'parachains',
        workspace: (folder) => {
          const blob = (file: string) => ({ compressed: readFileSync(corpus.path(file)) });
          writeRuntimeProject(folder, [
            {
              name: 'hydradx-runtime',
              folder: 'runtimes/hydradx',
              blobs: blob('hydration-hydradx-408.compact.compressed.wasm'),
            },
            { name: 'shell-runtime', folder: 'runtimes/shell', blobs: blob('shell-2.compact.compressed.wasm') },
          ]);
        },
        settings: { 'pvf.worker': worker },
      }));
      const progress = () =>
        workbench().page.locator('.notifications-toasts .notification-list-item', { hasText: /Preparing hydradx/ });
      /** A worker has its socket in the extension's cache folder. */
      const workers = () => processesNaming(workbench().cache);
      const isUnchanged = async () => {
        await progress().waitFor({ state: 'hidden' });
        await eventually('no worker is left', workers, (pids) => pids.length === 0);
        await (await runtimesTree(workbench())).line(HYDRADX, /^inspected, near a limit · release$/);
        await statusIsFailure(workbench(), false);
        assert.deepEqual(await workbench().toasts(), []);
        assert.doesNotMatch(workbench().output('Polkadot PVF'), /\[error\]/);
      };

      it('shows name, version, age and size to distinguish the runtimes', async () => {
        const { page, openFile, runCommand, screenshot } = workbench();
        await openFile('shell/src/lib.rs');
        await runCommand('Polkadot: Prepare PVF');
        const rows = page.locator('.quick-input-list .monaco-list-row');
        await rows.filter({ hasText: /hydradx v408/ }).waitFor();
        await rows.filter({ hasText: /shell v2/ }).waitFor();
        const texts = [await textOf(rows.nth(0)), await textOf(rows.nth(1))];
        assert.match(texts[0] ?? '', /hydradx-runtime · hydradx v408\s*release · (just now|\d+ min ago) · 2\.99 MiB/);
        assert.match(texts[1] ?? '', /shell-runtime · shell v2\s*release · (just now|\d+ min ago) · 338\.9 KiB/);
        await rows.nth(0).and(page.locator('.focused')).waitFor();
        await screenshot('quick-pick');
      });

      it('cancels from the notification, without a remaining worker or message', async () => {
        const { page, pick, statusText, screenshot } = workbench();
        await pick('hydradx-runtime');
        await progress().waitFor();
        await page.locator(`[id="${pvfStatus}"] .codicon-sync.codicon-modifier-spin`).waitFor();
        await eventually('a worker runs', workers, (pids) => pids.length > 0);
        await statusText(pvfStatus, /^PVF hydradx-runtime( \d+ %)?$/);
        await screenshot('palette-progress');
        await progress().locator('.monaco-button', { hasText: 'Cancel' }).click();
        await isUnchanged();
      });

      it('prepares from the tree and cancels with the command', async () => {
        const { runCommand } = workbench();
        const row = await (await runtimesTree(workbench())).row(HYDRADX);
        await row.hover();
        await row.locator('.action-label[aria-label^="Prepare PVF"]').click();
        await progress().waitFor();
        await eventually('a worker runs', workers, (pids) => pids.length > 0);
        await runCommand('Polkadot: Cancel PVF Preparation');
        await isUnchanged();
      });
    });
  });
});
