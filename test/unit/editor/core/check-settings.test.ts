import assert from 'node:assert/strict';
import { checkSettings } from '../../../../src/editor/core/check-settings.ts';

describe('pvf.worker in a workspace', () => {
  const rows: readonly (readonly [worker: string, isTrusted: boolean, taken: string | undefined])[] = [
    ['/w/target/release/worker', false, undefined],
    ['/w/..evil/worker', false, undefined],
    ['..evil/worker', false, undefined],
    ['/w/x/../..evil/worker', false, undefined],
    ['/w', false, undefined],
    ['/usr/lib/polkadot/worker', false, '/usr/lib/polkadot/worker'],
    ['/w/../w2/worker', false, '/w2/worker'],
    ['/w/..evil/worker', true, '/w/..evil/worker'],
    ['portable', false, 'portable'],
  ];
  for (const [worker, isTrusted, taken] of rows) {
    it(`${worker} is ${taken === undefined ? 'refused' : 'taken'} when the workspace is ${isTrusted ? '' : 'not '}trusted`, () => {
      const warnings: string[] = [];
      const place = { workspaceFolder: '/w', workspaceFolders: ['/w'], isTrusted, verbose: false };
      const settings = checkSettings(
        (key) => (key === 'worker' ? worker : undefined),
        place,
        (text) => warnings.push(text),
      );
      assert.equal(settings.worker, taken);
      assert.equal(warnings.length, taken === undefined ? 1 : 0);
    });
  }
});
