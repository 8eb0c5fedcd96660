/** The panels of the charts in the workbench. */
import assert from 'node:assert/strict';
import { tally, writeTallyProject } from '../support/tally.ts';
import { textOf } from './support/text.ts';
import { useWorkbench } from './support/use-workbench.ts';

describe('the charts in the workbench', function () {
  this.timeout(300_000);
  const workbench = useWorkbench(() => ({
    name: 'tally',
    workspace: (folder) => writeTallyProject(folder, { compressed: tally.stored() }),
    settings: { 'pvf.worker': 'portable', 'pvf.onChange': 'inspect' },
  }));
  const heading = () => workbench().preview().getByRole('heading', { name: 'History of tally-runtime' });

  it('show the history of a runtime, with nothing that the content security policy refuses', async () => {
    const { page, runCommand, openFile, preview, screenshot } = workbench();
    const refusals: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text()) && /media\/page/.test(message.text())) {
        refusals.push(message.text());
      }
    });
    await openFile('runtime/src/lib.rs');
    await runCommand('Polkadot: Inspect PVF');
    await runCommand('Polkadot: Show History');
    await heading().waitFor();
    assert.match(await textOf(preview().locator('figcaption').first()), /^Stored size/);
    assert.equal(await preview().getByRole('slider').count(), 1);
    await screenshot('history-panel');
    assert.deepEqual(refusals, []);
  });

  it('are restored after a reload of the window', async () => {
    // A reload of the page alone would not let VS Code save the open editors.
    await workbench().runCommand('Developer: Reload Window');
    await heading().waitFor({ state: 'detached' });
    await heading().waitFor();
  });
});
