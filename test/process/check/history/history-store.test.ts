import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HistoryStore } from '../../../../src/check/history/history-store.ts';
import { entryNumber, hashOf } from '../../../support/history-entries.ts';
import { type Workbench, withWorkbench } from '../../../support/workbench.ts';

const program = fileURLToPath(new URL('writer.ts', import.meta.url));

interface Writer {
  readonly added: number[];
  readonly ended: Promise<string>;
  kill(): void;
}

function startWriter(folder: string, first: number, count: number): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, 'runtime', `${first}`, `${count}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const added: number[] = [];
  let errors = '';
  child.stdout.on('data', (bytes: Buffer) => added.push(...`${bytes}`.trim().split('\n').map(Number)));
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes;
  });
  return {
    added,
    ended: new Promise((resolve) => child.once('close', () => resolve(errors))),
    kill: () => child.kill('SIGKILL'),
  };
}

async function hashesIn({ folder, log }: Pick<Workbench, 'folder' | 'log'>): Promise<Set<string>> {
  const { entries } = await new HistoryStore(folder, log).read('runtime');
  return new Set(entries.map(({ runtime }) => runtime.codeHash));
}

describe('HistoryStore with several processes', function () {
  this.timeout(120_000);

  it('loses no result of four processes that write and compact one history', () =>
    withWorkbench(async ({ folder: bench, log, logged }) => {
      const folder = join(bench, 'history');
      const writers = [0, 1, 2, 3].map((at) => startWriter(folder, at * 100, 40));
      const errors = await Promise.all(writers.map(({ ended }) => ended));
      assert.deepEqual(errors, ['', '', '', '']);
      const numbers = [0, 1, 2, 3].flatMap((at) => Array.from({ length: 40 }, (_, number) => at * 100 + number));
      assert.deepEqual(await hashesIn({ folder, log }), new Set(numbers.map(hashOf)));
      assert.deepEqual(logged, []);
    }));

  it('keeps what was written before each process was killed', () =>
    withWorkbench(async ({ folder: bench, log }) => {
      const folder = join(bench, 'history');
      const written: number[] = [];
      for (let at = 0; at < 6; at += 1) {
        const pair = [startWriter(folder, at * 1000, 400), startWriter(folder, at * 1000 + 500, 400)];
        const least = 5 + at * 3;
        while (pair.some(({ added }) => added.length < least)) await new Promise((resolve) => setTimeout(resolve, 1));
        for (const writer of pair) writer.kill();
        const errors = await Promise.all(pair.map(({ ended }) => ended));
        // The system may cut off the write of a killed process.
        assert.match(errors.join(''), /^(\d+ damaged records of a history in \S+ are left out\.\n)*$/);
        written.push(...pair.flatMap(({ added }) => added));
      }
      const store = new HistoryStore(folder, log, { maxRuntimes: 10, maxSpareRecords: 3 });
      const { entries } = await store.add('runtime', entryNumber(9999));
      const found = new Set(entries.map(({ runtime }) => runtime.codeHash));
      const newest = [...new Set([...written].sort((a, b) => a - b))].slice(-400);
      assert.deepEqual(
        newest.filter((number) => !found.has(hashOf(number))),
        [],
      );
      assert.ok(entries.length <= 500);
      assert.equal(readdirSync(folder).length, 1, 'the files of the killed processes are tidied up');
    }));
});
