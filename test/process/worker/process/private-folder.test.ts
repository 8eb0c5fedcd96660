import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makePrivateFolder, maxSocketPathBytes } from '../../../../src/worker/process/private-folder.ts';
import { listenOnce } from '../../../../src/worker/process/transient-socket.ts';
import { withWorkbench } from '../../../support/workbench.ts';

describe('makePrivateFolder', () => {
  // The bytes of TMPDIR's path, and whether a folder there still has room for a socket in Linux's 107 bytes.
  const rows: readonly (readonly [bytes: number, isUsed: boolean])[] = [
    [40, true],
    [83, true],
    [84, false],
    [120, false],
  ];
  for (const [bytes, isUsed] of rows) {
    it(`${isUsed ? 'uses' : 'does not use'} a TMPDIR of ${bytes} bytes`, () =>
      withWorkbench(async ({ guard }) => {
        const temporary = join(tmpdir(), 'x'.repeat(bytes - tmpdir().length - 1));
        mkdirSync(temporary);
        process.env['TMPDIR'] = temporary;
        let path = '';
        {
          await using folder = await makePrivateFolder(guard);
          ({ path } = folder);
          assert.equal(dirname(path), isUsed ? temporary : '/tmp');
          assert.equal(statSync(path).mode & 0o777, 0o700);
          await using socket = await listenOnce(path);
          assert(Buffer.byteLength(socket.path) <= maxSocketPathBytes);
          assert(existsSync(socket.path));
        }
        assert(!existsSync(path));
        process.env['TMPDIR'] = dirname(temporary);
        rmdirSync(temporary);
      }));
  }
});
