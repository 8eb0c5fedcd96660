import assert from 'node:assert/strict';
import { checkSettings } from '../../../../src/editor/core/check-settings.ts';

const anywhere = { workspaceFolders: [], isTrusted: true, verbose: false };

describe('pvf.instances', () => {
  const rows: readonly (readonly [value: unknown, instances: number | 'auto', warnings: number])[] = [
    [undefined, 'auto', 0],
    ['auto', 'auto', 0],
    [4, 4, 0],
    ['4', 4, 0],
    [0, 'auto', 1],
    ['all', 'auto', 1],
  ];
  for (const [value, instances, count] of rows) {
    it(`${JSON.stringify(value)} means ${instances}${count > 0 ? ', with a warning' : ''}`, () => {
      const warnings: string[] = [];
      const read = (key: string) => (key === 'instances' ? value : undefined);
      assert.equal(checkSettings(read, anywhere, (text) => warnings.push(text)).instances, instances);
      assert.equal(warnings.length, count);
    });
  }
});

describe('pvf.worker', () => {
  const rows: readonly (readonly [worker: string, isTrusted: boolean, used: string | undefined])[] = [
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
  for (const [worker, isTrusted, used] of rows) {
    it(`${worker} is ${used === undefined ? 'ignored' : 'used'} if the workspace is ${isTrusted ? '' : 'not '}trusted`, () => {
      const warnings: string[] = [];
      const place = { workspaceFolder: '/w', workspaceFolders: ['/w'], isTrusted, verbose: false };
      const settings = checkSettings(
        (key) => (key === 'worker' ? worker : undefined),
        place,
        (text) => warnings.push(text),
      );
      assert.equal(settings.worker, used);
      assert.equal(warnings.length, used === undefined ? 1 : 0);
    });
  }
});

describe('pvf.metadata', () => {
  const rows: readonly (readonly [value: unknown, isTrusted: boolean, isRead: boolean, warnings: number])[] = [
    [undefined, true, true, 0],
    [true, true, true, 0],
    [false, true, false, 0],
    ['no', true, true, 1],
    [true, false, false, 0],
    [undefined, false, false, 0],
  ];
  for (const [value, isTrusted, isRead, count] of rows) {
    it(`${JSON.stringify(value)} ${isRead ? 'reads' : 'does not read'} it in a ${isTrusted ? '' : 'not '}trusted workspace`, () => {
      const warnings: string[] = [];
      const read = (key: string) => (key === 'metadata' ? value : undefined);
      const { metadata } = checkSettings(read, { ...anywhere, isTrusted }, (text) => warnings.push(text));
      assert.deepEqual([metadata, warnings.length], [isRead ? {} : undefined, count]);
    });
  }
});
