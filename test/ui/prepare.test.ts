/** From the command palette to every view of the result, with a real runtime and the official worker. */
import assert from 'node:assert/strict';
import { formatBytes, formatRatio } from '../../src/base/units.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { rawBlob, withSignExtension } from '../support/refused-blob.ts';
import { writeBuild } from '../support/runtime-project.ts';
import { damagedTally, tally, tallyCrate, tallyWithMemo, writeTallyProject } from '../support/tally.ts';
import { eventually } from './support/eventually.ts';
import { pvfStatus, statusIsFailure } from './support/status.ts';
import { plain, textOf } from './support/text.ts';
import { runtimesTree } from './support/tree.ts';
import { useWorkbench } from './support/use-workbench.ts';

const CHANNEL = 'Polkadot PVF';
const VIEW = 'Polkadot PVF';
const TITLE = 'tally-runtime · tally v1000';

/** The sizes as the views show them. */
const stored = formatBytes(tally.storedBytes);
const storedWithMemo = formatBytes(tallyWithMemo.storedBytes);
const rawWithMemo = formatBytes(tallyWithMemo.rawBytes);
const shareOf = (storedBytes: number) => formatRatio(storedBytes / (3 * 1024 * 1024));
/** A pattern of the growth. */
const growth = (was: number, now: number) => `\\+${formatBytes(now - was)} \\(\\+${formatRatio(now / was - 1)}\\)`;
const storedGrowth = growth(tally.storedBytes, tallyWithMemo.storedBytes);

describe('a runtime in the workbench', () => {
  describeWithOfficialWorker('with the official worker', (worker) => {
    describe('a built project', function () {
      this.timeout(300_000);
      const workbench = useWorkbench(async () => {
        const raw = await rawBlob(tally.stored());
        const blobs = { compressed: tally.stored(), compact: raw, bloaty: raw };
        return {
          name: 'tally',
          workspace: (folder) => writeTallyProject(folder, blobs),
          // The example runtime has standing warnings about its metadata.
          settings: { 'pvf.worker': worker, 'pvf.metadata': false },
        };
      });
      /** Simulates a build that changes only this file. */
      const rebuild = (compressed: Uint8Array) => writeBuild(workbench().workspace, tallyCrate, { compressed });
      const tree = () => runtimesTree(workbench());

      it('is inspected on opening, but not prepared', async () => {
        const { openFile, statusText, output } = workbench();
        await openFile('runtime/src/lib.rs');
        await statusText(pvfStatus, /^PVF .*\d/);
        await (await tree()).line(TITLE, /inspected, not prepared/);
        assert.doesNotMatch(output(CHANNEL), /vote: (accept|reject)/);
      });

      it('can be prepared from the palette, with cancellable progress', async () => {
        const { page, runCommand, openFile } = workbench();
        await openFile('runtime/src/lib.rs');
        const toast = page.locator('.notifications-toasts .notification-list-item', { hasText: 'Preparing tally' });
        const shown = Promise.all([
          toast.waitFor(),
          toast.locator('.monaco-button', { hasText: 'Cancel' }).waitFor(),
          page.locator(`[id="${pvfStatus}"] .codicon-sync.codicon-modifier-spin`).waitFor(),
        ]);
        await runCommand('Polkadot: Prepare PVF');
        await shown;
        await toast.waitFor({ state: 'hidden' });
      });

      it('shows CPU seconds and the limit that is reached first in the status bar', async () => {
        const figures = new RegExp(`^PVF \\d+(\\.\\d+)? s · ${shareOf(tally.storedBytes)} of code size$`);
        assert.match(await workbench().statusText(pvfStatus, / of /), figures);
        await statusIsFailure(workbench(), false);
      });

      it('shows a toast, because the user requested the check', async () => {
        const { toasts, clearToasts } = workbench();
        const isAccepted = (texts: string[]) =>
          texts.some((text) => /^tally-runtime · tally v1000: accepted \(.+\)\.$/.test(text));
        await eventually('a toast of the result', toasts, isAccepted);
        await clearToasts();
      });

      it('gets the cached result for an unchanged blob, and is measured again on request', async () => {
        const { page, runCommand, output, toasts, clearToasts } = workbench();
        const blocks = () =>
          output(CHANNEL).match(/PASS {2}tally-runtime · tally v1000 {2}\(vote: accept\)$/gm)?.length ?? 0;
        const before = blocks();
        await runCommand('Polkadot: Prepare PVF');
        const isUnchanged = (texts: string[]) =>
          texts.some((text) => text.endsWith('has not changed since it was prepared.'));
        await eventually('a toast about the unchanged blob', toasts, isUnchanged);
        assert.equal(blocks(), before);
        await page.locator('.notifications-toasts .monaco-button', { hasText: 'Prepare Again' }).click();
        await eventually('another measurement', blocks, (count) => count === before + 1);
        await eventually('its toast', toasts, (texts) => texts.some((text) => /accepted \(.+\)\.$/.test(text)));
        await clearToasts();
      });

      it('shows conclusion, vote, figures and details in the tree', async () => {
        const { line, open } = await tree();
        await line(TITLE, /accepted/);
        await line('Conclusion', /^pass: /);
        await line('Vote', /^accept$/);
        await open('Figures', 'Details');
        await line('CPU time', /^\S+ s · \S+ % of 60 s$/);
        await line('Headroom', /^\d+×$/);
        await line('Stored size', new RegExp(`^${stored} · ${shareOf(tally.storedBytes)} of 3.00 MiB$`));
        await line('Raw size', new RegExp(`^${formatBytes(tally.rawBytes)} · `));
        await line('Artifact', /^\d+\.\d+ MiB$/);
        await line('Peak memory', /^\d+(\.\d+)? MiB$/);
        await line('Wall clock', /\d/);
        await line('Max RSS', /MiB$/);
        await line('Worker', /^official \d+\.\d+\.\d+$/);
        await line('Worker path', /polkadot-prepare-worker$/);
      });

      it('shows the result above the package name', async () => {
        const { page, openFile } = workbench();
        await openFile('runtime/Cargo.toml');
        const text = new RegExp(`PVF accepted · \\S+ s · ${shareOf(tally.storedBytes)} of code size · \\S+× headroom`);
        await page.locator('.codelens-decoration', { hasText: text }).waitFor();
      });

      it('writes a block with timing and memory to the output channel', async () => {
        const { output, page, runCommand, showOutput, screenshot, widenSideBar } = workbench();
        const log = output(CHANNEL);
        assert.match(log, /\[info\] PASS {2}tally-runtime · tally v1000 {2}\(vote: accept\)$/m);
        assert.match(log, /^ {2}CPU time +\d+(\.\d+)? s of 60 s .*%/m);
        assert.match(log, /^ {2}Peak memory +\d+(\.\d+)? MiB/m);
        assert.match(log, /^ {2}Time +.* wall clock, worker ready in /m);
        assert.match(log, /^ {2}Worker +official \d/m);
        await showOutput(CHANNEL);
        await runCommand('Output: Focus on Output View');
        await page.keyboard.press('Control+Home');
        await page
          .locator('.output-view .view-line', { hasText: /INSPECTED|PASS/ })
          .first()
          .waitFor();
        await widenSideBar(450);
        // The details name a folder of this machine.
        await page.locator('.monaco-list-row', { hasText: /^Details/ }).click();
        await screenshot('prepared');
      });

      it('shows bars for the limits and links in the status bar tooltip', async () => {
        const { page, statusItem, screenshot } = workbench();
        await statusItem(pvfStatus).hover();
        const tooltip = page.locator('.workbench-hover-container .monaco-hover', { hasText: 'worker: official' });
        await tooltip.waitFor();
        const text = await textOf(tooltip);
        assert.match(text, /CPU time\s+\S+ s of 60 s\s+[█░]{16}\s+\d/);
        assert.match(
          text,
          new RegExp(`Stored size\\s+${stored} of 3.00 MiB\\s+[█░]{16}\\s+${shareOf(tally.storedBytes)}`),
        );
        assert.match(text, /a validator \d+× slower still passes/);
        assert.deepEqual((await tooltip.locator('a').allInnerTexts()).map(plain), [
          'Limits',
          'Prepare',
          'Report',
          'Log',
          'Worker',
        ]);
        await screenshot('tooltip', 'stays');
      });

      it('shows the result in the language status of the sources', async () => {
        const { page, openFile, screenshot } = workbench();
        await page.keyboard.press('Escape');
        await openFile('runtime/src/lib.rs');
        await page.locator('[id="status.languageStatus"]').hover();
        const hover = page.locator('.workbench-hover-container', { hasText: 'tally-runtime · tally v1000: accepted' });
        await hover.waitFor();
        assert.match(
          await textOf(hover),
          new RegExp(`PVF \\S+ s · ${shareOf(tally.storedBytes)} of code size[^]*Prepare PVF`),
        );
        await screenshot('language-status', 'stays');
      });

      it('shows the report as a preview', async () => {
        const { runCommand, preview, hidePanel, screenshot } = workbench();
        await runCommand('Polkadot: Show PVF Report');
        await preview().locator('h2', { hasText: 'PASS: tally-runtime · tally v1000' }).waitFor();
        await preview().locator('table', { hasText: 'CPU time' }).first().waitFor();
        await hidePanel();
        await screenshot('report');
      });

      it('is checked automatically when the blob changes, with the difference in the tree', async () => {
        const { toasts, output } = workbench();
        rebuild(tallyWithMemo.stored());
        const { line } = await tree();
        await line(
          'Stored size',
          new RegExp(`^${storedWithMemo} · ${shareOf(tallyWithMemo.storedBytes)} of 3.00 MiB · ${storedGrowth}$`),
        );
        await line('Raw size', new RegExp(`^${rawWithMemo} · .* · ${growth(tally.rawBytes, tallyWithMemo.rawBytes)}$`));
        await line(TITLE, /accepted/);
        assert.match(
          output(CHANNEL),
          new RegExp(`Stored size +${storedWithMemo} of 3.00 MiB .* ${storedGrowth.split(' \\(')[0]}`),
        );
        assert.deepEqual(await toasts(), []);
      });

      it('shows a rejection at its cause, without a toast', async () => {
        const { page, problems, openFile, toasts, badge, screenshot, clearToasts } = workbench();
        rebuild(await withSignExtension(tally.stored()));
        const { line } = await tree();
        await line(TITLE, /rejected/);
        await line('Conclusion', /^fail: /);
        await statusIsFailure(workbench(), true);
        await eventually(
          'the badge counts it',
          () => badge(VIEW),
          (count) => count === 1,
        );
        const rows = await problems();
        await rows.filter({ hasText: 'build.rs' }).waitFor();
        const problem = rows.filter({ hasText: 'opcode-sign-extension' });
        assert.match(await textOf(problem), /\[Ln 3, Col 2\]/);
        assert.deepEqual(await toasts(), []);
        await openFile('build.rs');
        await page.locator('.squiggly-error').first().waitFor();
        await screenshot('rejected');
        await clearToasts();
      });

      it('opens the explanation from the link of a problem', async () => {
        const { problems, preview } = workbench();
        const link = (await problems()).locator('a', { hasText: 'opcode-sign-extension' });
        await link.click();
        await preview().locator('h1', { hasText: 'opcode-sign-extension' }).waitFor();
        await preview().locator('h2', { hasText: 'What to do' }).waitFor();
      });

      it('shows a damaged file in the tree, and at no source line', async () => {
        const { page } = workbench();
        rebuild(damagedTally());
        await (await tree()).line('Conclusion', /^fail: /);
        await page.locator('.markers-panel .message-box-container', { hasText: 'No problems' }).waitFor();
        await statusIsFailure(workbench(), true);
      });

      it('clears the problem, the badge and the colour when the blob is fixed', async () => {
        const { page, badge, statusText, toasts } = workbench();
        rebuild(tally.stored());
        await statusText(pvfStatus, /s · .* of code size$/);
        await statusIsFailure(workbench(), false);
        await page.locator('.markers-panel .message-box-container', { hasText: 'No problems' }).waitFor();
        await eventually(
          'no badge',
          () => badge(VIEW),
          (count) => count === 0,
        );
        await (await tree()).line(TITLE, /accepted/);
        assert.deepEqual(await toasts(), []);
      });

      it('shows diagnostics for a bug report', async () => {
        const { page, runCommand, hidePanel, screenshot } = workbench();
        await runCommand('Polkadot: Show PVF Diagnostics');
        await page.locator('.tab.active', { hasText: 'PVF diagnostics.md' }).waitFor();
        await page.locator('.monaco-editor .view-line', { hasText: 'Environment' }).waitFor();
        await hidePanel();
        await screenshot('diagnose');
      });
    });
  });
});
