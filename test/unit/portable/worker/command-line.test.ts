import assert from 'node:assert/strict';
import { BadArguments, parseCommandLine } from '../../../../src/portable/worker/command-line.ts';

const worker = ['--socket-path', '/s', '--worker-dir-path', '/d'];

describe('parseCommandLine', () => {
  it("accepts own options before the subcommand, and the worker's options after it in any order", () => {
    const own = [
      '--instances',
      '3',
      '--store',
      '/store',
      '--native',
      '/helper',
      '--engine',
      '/engine',
      '--costs',
      'on',
    ];
    const rest = ['--worker-dir-path', '/d', '--node-impl-version', '1.25.1', '--socket-path', '/s'];
    assert.deepEqual(parseCommandLine([...own, 'prepare-worker', ...rest]), {
      kind: 'prepare',
      own: { instances: 3, store: '/store', native: '/helper', engine: '/engine', costs: true },
      worker: { socketPath: '/s', workerDir: '/d', nodeVersion: '1.25.1' },
    });
  });

  it('defaults to automatic instances without a store', () => {
    assert.deepEqual(parseCommandLine(['prepare-worker', ...worker]), {
      kind: 'prepare',
      own: { instances: 'auto', costs: false },
      worker: { socketPath: '/s', workerDir: '/d' },
    });
  });

  const bad: readonly (readonly string[])[] = [
    ['test-sleep'],
    ['--socket-path', '/s', 'prepare-worker'],
    ['prepare-worker', ...worker, '--store', '/late'],
    ['prepare-worker', ...worker, '--node-impl-version'],
    ['--instances', '-1', 'prepare-worker', ...worker],
    ['--costs', 'yes', 'prepare-worker', ...worker],
    ['--instances', 'many', 'prepare-worker', ...worker],
  ];
  for (const args of bad) {
    it(`panics on ${args.join(' ')}`, () => assert.throws(() => parseCommandLine(args), BadArguments));
  }
});
