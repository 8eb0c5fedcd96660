/** The limits of a real relay chain: fetched, chosen, shown in the views, and tested against. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { useRelayChain } from '../support/relay-chain.ts';
import { tally, writeTallyProject } from '../support/tally.ts';
import { eventually } from './support/eventually.ts';
import { pvfStatus } from './support/status.ts';
import { textOf } from './support/text.ts';
import { runtimesTree } from './support/tree.ts';
import { useWorkbench } from './support/use-workbench.ts';

const MIB = 1024 * 1024;
const TITLE = 'tally-runtime · tally v1000';
/** The runtime is near it. */
const SCHEDULED = Math.round(tally.storedBytes * 1.1);

describe('the limits of a relay chain in the workbench', function () {
  this.timeout(300_000);
  const chain = useRelayChain(() => ({
    activeConfig: { max_code_size: 4 * MIB },
    pendingConfigs: [{ session: 1000, config: { max_code_size: SCHEDULED } }],
  }));
  const workbench = useWorkbench(() => ({
    name: 'tally',
    workspace: (folder) => writeTallyProject(folder, { compressed: tally.stored() }),
    settings: { 'pvf.worker': 'portable', 'pvf.metadata': false },
  }));
  const row = (text: string | RegExp) =>
    workbench().page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();

  it('are read from a node, with what they change, and saved in the workspace', async () => {
    const { page, runCommand, screenshot, openFile, statusText } = workbench();
    await openFile('runtime/src/lib.rs');
    await statusText(pvfStatus, /^PVF .*\d/);
    await runCommand('Polkadot: Fetch Limits from a Relay Chain…');
    const input = page.locator('.quick-input-widget input.input');
    await page.locator('.quick-input-message', { hasText: /ws:\/\/127\.0\.0\.1:9944/ }).waitFor();
    await input.fill('https://node.example');
    await page.locator('.quick-input-message', { hasText: /HTTP is not supported/ }).waitFor();
    await screenshot('limits-endpoint');
    await input.fill(chain().url);
    await input.press('Enter');
    await row('Save in the Workspace and Use').waitFor();
    await row(/^Code size: 3\.00 MiB.* → 4\.00 MiB/).waitFor();
    await screenshot('limits-fetched');
    // The list draws only the rows that are visible.
    await input.fill('from session');
    await row(/^Code size, from session 1\s000: /).waitFor();
    await input.fill('');
    await row('Save in the Workspace and Use').click();
    const file = () => path.join(workbench().workspace, '.pvf/profiles/paseo.json');
    await eventually('the profile is saved', () => existsSync(file()), Boolean);
    const settings = path.join(workbench().workspace, '.vscode/settings.json');
    await eventually(
      'the setting',
      () => (existsSync(settings) ? readFileSync(settings, 'utf8') : ''),
      (text) => text.includes('.pvf/profiles/paseo.json'),
    );
  });

  it('stand in the tree and in the tooltip, with the scheduled ones', async () => {
    const { page, runCommand, screenshot, widenSideBar, hidePanel, clearToasts } = workbench();
    await runCommand('Polkadot: Prepare PVF');
    const tree = await runtimesTree(workbench());
    await tree.line(TITLE, /accepted/);
    await clearToasts();
    await hidePanel();
    await widenSideBar(520);
    await tree.open(TITLE, 'Figures', 'Stored size');
    await tree.line('Stored size', /of 4\.00 MiB/);
    await tree.line('From session 1 000', /^90\.9 % of /);
    await tree.line('Limits', /^paseo · (today|yesterday)$/);
    await (await tree.row('From session 1 000')).hover();
    await page
      .locator('.workbench-hover', { hasText: /max_code_size/ })
      .first()
      .waitFor();
    await screenshot('limits-tree', 'stays');
    await page.locator(`[id="${pvfStatus}"]`).hover();
    const tooltip = page.locator('.workbench-hover', { hasText: /Limits/ }).first();
    await tooltip.waitFor();
    assert.match(await textOf(tooltip), /paseo, read (today|yesterday)/);
    await screenshot('limits-tooltip', 'stays');
  });

  it('can be chosen from a list with source and age', async () => {
    const { page, runCommand, screenshot } = workbench();
    await runCommand('Polkadot: Select Relay Chain Limits…');
    await row(/paseo\s*saved in tally/).waitFor();
    await row(/relay-5mib\s*built in/).waitFor();
    await row(/Fetch from a Relay Chain/).waitFor();
    await screenshot('limits-picker');
    await page.keyboard.press('Escape');
  });

  it('can be refreshed', async () => {
    const { page, runCommand } = workbench();
    await runCommand('Polkadot: Refresh Limits from the Relay Chain');
    await page.locator('.notifications-toasts', { hasText: /The limits of paseo are still the same/ }).waitFor();
    await chain().set({ activeConfig: { max_code_size: 5 * MIB } });
    await runCommand('Polkadot: Refresh Limits from the Relay Chain');
    await page.locator('.notifications-toasts', { hasText: /Code size: 4\.00 MiB.* → 5\.00 MiB/ }).waitFor();
    const tree = await runtimesTree(workbench());
    await tree.line('Stored size', /of 5\.00 MiB/);
  });

  it('are tests, one for each runtime and profile', async () => {
    const { page, runCommand, screenshot } = workbench();
    await runCommand('Testing: Focus on Test Explorer View');
    const rows = page.locator('.test-explorer .monaco-list-row');
    await rows.filter({ hasText: 'tally-runtime' }).first().waitFor();
    await runCommand('Test: Run All Tests');
    await page.locator('.test-explorer .codicon-testing-passed-icon').first().waitFor();
    await screenshot('limits-tests');
  });
});
