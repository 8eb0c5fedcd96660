/** "Open as PVF" on the screen: what the page shows of a blob, a chain spec and a file that is no runtime. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { toHex } from '../../src/base/bytes.ts';
import { tally, tallyWithMemo, writeTallyProject } from '../support/tally.ts';
import { eventually } from './support/eventually.ts';
import { useWorkbench } from './support/use-workbench.ts';

const COMMAND = 'Polkadot: Open as PVF';

function chainSpec(): string {
  const hexOf = (blob: Uint8Array) => toHex(blob);
  return JSON.stringify({
    name: 'Tally',
    id: 'tally',
    chainType: 'Live',
    codeSubstitutes: { 1161532: hexOf(tallyWithMemo.stored()) },
    genesis: { raw: { top: { '0x3a636f6465': hexOf(tally.stored()) }, childrenDefault: {} } },
  });
}

for (const theme of ['Default Dark Modern', 'Default Light Modern']) {
  describe(`the editor for runtimes in ${theme}`, function () {
    this.timeout(300_000);
    const workbench = useWorkbench(() => ({
      name: 'tally',
      workspace: (folder) => {
        writeTallyProject(folder, { compressed: tally.stored() });
        writeFileSync(path.join(folder, 'chain-spec.json'), chainSpec());
      },
      settings: { 'pvf.worker': 'portable', 'workbench.colorTheme': theme },
    }));
    const name = theme.includes('Dark') ? 'dark' : 'light';
    const text = async (selector: string) => (await workbench().preview().locator(selector).textContent()) ?? '';
    const page = (selector: string, wanted: RegExp) =>
      eventually(
        selector,
        () => text(selector),
        (shown) => wanted.test(shown),
      );

    it('shows hash, limits, sections and imports of a blob', async () => {
      const { runCommand, preview, screenshot } = workbench();
      await runCommand(COMMAND);
      await page('#overview', new RegExp(tally.codeHash));
      await page('#limits', /The relay chain refuses/);
      assert.match(await text('#sections'), /code/);
      await screenshot(`blob-editor-${name}`);
      const search = preview().locator('#imports-search');
      const rows = preview().locator('#imports tbody tr');
      const all = await rows.count();
      await search.fill('storage');
      await eventually(
        'fewer imports',
        () => rows.count(),
        (count) => count > 0 && count < all,
      );
      await screenshot(`blob-editor-imports-${name}`);
    });

    it('offers the codes of a chain spec', async () => {
      const { runCommand, openFile, preview, screenshot } = workbench();
      await openFile('chain-spec.json');
      await runCommand(COMMAND);
      await page('#overview', new RegExp(tally.codeHash));
      await preview().locator('#code').selectOption('1161532');
      await page('#overview', new RegExp(tallyWithMemo.codeHash));
      await screenshot(`blob-editor-spec-${name}`);
    });

    it('reads a changed file again, and says why it is no runtime', async () => {
      const { workspace, screenshot } = workbench();
      writeFileSync(path.join(workspace, 'chain-spec.json'), '{ "note": "this is no chain spec" }');
      await page('[role=alert]', /\S/);
      await screenshot(`blob-editor-problem-${name}`);
      writeFileSync(path.join(workspace, 'chain-spec.json'), chainSpec());
      await page('#overview', new RegExp(tallyWithMemo.codeHash));
    });
  });
}
