/**
 * The whole loop with real cargo: a pallet is saved, `pvf.onSave` builds the runtime, and the new blob is found, prepared and
 * compared. Needs what `npm run example -- warm` makes; from nothing, that takes too long for CI.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import {
  buildArguments,
  buildEnvironment,
  type CachedBuild,
  cachedBuild,
  copySources,
  isWarm,
  runBuild,
} from '../../scripts/example/cached-build.ts';
import { exampleCrate } from '../../scripts/example/sources.ts';
import { findToolchain } from '../../scripts/example/toolchain.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { findOfficialWorker } from '../support/official-worker.ts';
import { skipEvenInCi } from '../support/skip.ts';
import { eventually } from './support/eventually.ts';
import { pvfStatus, statusIsFailure } from './support/status.ts';
import { runtimesTree } from './support/tree.ts';
import { useWorkbench } from './support/use-workbench.ts';

const MINUTES = 60_000;
const SIZE = /^\d+\.\d KiB · \d+\.\d % of 3\.00 MiB$/;
const CHANNEL = 'Polkadot PVF';
const TITLE = 'tally-runtime · tally v1000';

/** A call for the pallet, in one line. It makes the runtime a little larger. */
const NEW_CALL = [
  '#[pallet::call_index(1)]',
  '#[pallet::weight(T::DbWeight::get().writes(1))]',
  'pub fn reset(origin: OriginFor<T>) -> DispatchResult { ensure_root(origin)?; Total::<T>::kill(); Ok(()) }',
].join(' ');

describe('a real build', () => {
  let build: CachedBuild;

  before('build the runtime as it is committed', async function () {
    this.timeout(30 * MINUTES);
    const found = findToolchain();
    if (found.kind === 'missing') skipEvenInCi(this, found.message.replaceAll('\n', ' '));
    build = cachedBuild(found.toolchain);
    if (!isWarm(build))
      skipEvenInCi(this, `${build.workspace} was not built yet (\`npm run example -- warm\` does it)`);
    copySources(build);
    using guard = new ExitGuard();
    await runBuild(build, [], guard);
  });
  after('restore the pallet', () => {
    if (build !== undefined && isWarm(build)) copySources(build);
  });

  describe('in the workbench', function () {
    this.timeout(20 * MINUTES);
    const official = findOfficialWorker();
    const workbench = useWorkbench(() => ({
      existingFolder: build.workspace,
      env: buildEnvironment(build),
      settings: {
        'pvf.worker': 'program' in official ? official.program : 'portable',
        'pvf.onSave': 'build',
        'pvf.buildArguments': buildArguments,
      },
    }));
    const tree = () => runtimesTree(workbench());
    const passes = () =>
      workbench()
        .output(CHANNEL)
        .match(/PASS {2}tally-runtime · tally v1000 /g)?.length ?? 0;
    /** The stored size of the first blob, as the tree shows it. */
    let before = '';

    it('prepares what cargo built', async () => {
      const { runCommand, clearToasts } = workbench();
      await runCommand('Polkadot: Prepare PVF');
      const { line, open } = await tree();
      await line(TITLE, /accepted/);
      await open('Figures');
      before = await line('Stored size', SIZE);
      assert.equal(passes(), 1);
      await clearToasts();
    });

    it('builds in a task when the pallet is saved', async () => {
      const { page, openFile } = workbench();
      await openFile(path.join('pallets/tally/src', 'lib.rs'));
      await page.keyboard.press('Control+F');
      await page.keyboard.insertText('impl<T: Config> Pallet<T> {');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await page.keyboard.press('End');
      await page.keyboard.insertText(` ${NEW_CALL}`);
      await page.keyboard.press('Home');
      await page.keyboard.press('Control+S');
      await page.locator('.terminal-tabs-entry, .single-terminal-tab', { hasText: `build ${exampleCrate}` }).waitFor();
      await workbench().screenshot('real-build-running');
    });

    it('finds, prepares and compares the new blob, and shows it in the status bar', async () => {
      const { page, statusText, toasts, output, widenSideBar, screenshot } = workbench();
      await eventually('the new blob is prepared', passes, (count) => count === 2, 15 * MINUTES);
      // The blob is there a moment before cargo has ended.
      await page.locator('.statusbar-item', { hasText: 'Building' }).waitFor({ state: 'hidden', timeout: 5 * MINUTES });
      const { line, lines } = await tree();
      const after = await line('Stored size', / of 3\.00 MiB · \+\d+(\.\d)? (KiB|B) \(\+\d+\.\d %\)$/);
      assert.ok(!after.startsWith(before), `${before}, then ${after}`);
      await line(TITLE, /accepted/);
      assert.match(await statusText(pvfStatus, / s · /), /^PVF \d+(\.\d+)? s · \d+\.\d % of code size/);
      await statusIsFailure(workbench(), false);
      assert.match(output(CHANNEL), /Stored size +\S+ KiB of 3\.00 MiB .* \+\d/);
      assert.deepEqual(await toasts(), []);
      const all = await lines();
      assert.ok(!all.some((one) => one.startsWith('The blob may be outdated')), all.join('\n'));
      assert.equal(passes(), 2);
      await widenSideBar(450);
      await screenshot('real-build');
    });
  });
});
