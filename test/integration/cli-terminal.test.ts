/** The built CLI on a terminal: progress that comes and goes, and colour. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { installFakeWorker, okAnswer } from '../support/fake-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, type Ended, needBuiltCli, type RunOptions, withCli } from '../support/run-cli.ts';
import { skipBecause } from '../support/skip.ts';

const ESCAPE = '\u001b';
const CLEAR = `\r${ESCAPE}[K`;
const BOLD = `${ESCAPE}[1m`;
const name = 'a-runtime-with-a-long-name-as-they-all-have.compact.compressed.wasm';

/**
 * Under a pseudo-terminal: `script` of util-linux, which prints on stdout all that the terminal got. It takes one command
 * line; none of our words needs quoting.
 */
function onTerminal(columns: number): string[] {
  return ['sh', '-c', `exec script -qec "stty cols ${columns}; exec $*" /dev/null`, 'sh'];
}

function hasScript(): boolean {
  try {
    execFileSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface How extends RunOptions {
  /** Absent: no terminal. */
  readonly columns?: number;
  /** How long the worker takes. */
  readonly takesMs?: number;
  /** What the worker writes to stderr meanwhile. */
  readonly says?: string;
  readonly args?: readonly string[];
}

/** Prepares with a fake worker. */
async function prepare(cli: CliBench, { columns, takesMs = 0, says = '', args = [], ...options }: How): Promise<Ended> {
  const ok = await okAnswer();
  const { program } = installFakeWorker(cli.folder, {
    spawns: [{ jobs: [{ ...ok, delayMs: takesMs, stderr: says }] }],
  });
  cli.write(name, plainPvf);
  return cli.run(['prepare', '--worker', program, ...args, name], {
    ...(columns === undefined ? {} : { through: onTerminal(columns) }),
    ...options,
  });
}

/** The states of the progress line, one after another. */
function progressOf({ stdout }: Ended): string[] {
  return stdout.split(CLEAR).filter((part) => /^[\u2800-\u28ff] /.test(part));
}

describe('pvf prepare on a terminal', () => {
  before(function () {
    needBuiltCli();
    if (!hasScript()) skipBecause(this, 'there is no `script` (util-linux) to make a terminal with');
  });

  it('shows each phase, the elapsed time and an estimate, and clears the line', () =>
    withCli(async (cli) => {
      const ended = await prepare(cli, { columns: 120, takesMs: 2500 });
      assert.equal(ended.code, 0, ended.stdout);
      const states = progressOf(ended);
      const has = (pattern: RegExp) => states.some((state) => pattern.test(state));
      assert.ok(has(/Looking for a prepare worker/));
      assert.ok(has(/Starting the worker for a-runtime/));
      assert.ok(has(/Preparing a-runtime.*compressed\.wasm {2}\d+(\.\d+)? m?s, (about \d+ s left|nearly done)$/));
      assert.ok(
        states.every((state) => !state.includes('\n')),
        'it is one line',
      );
      const [report, ...rest] = ended.stdout.split(CLEAR).filter((part) => part !== '' && !states.includes(part));
      assert.deepEqual(rest, []);
      assert.ok(report?.startsWith(`${BOLD}`), 'the report begins on a cleared line');
    }));

  it('shows the number of compiled functions without logging it', () =>
    withCli(async (cli) => {
      const says = '2026-11-24T14:31:03.123456Z DEBUG parachain::pvf-prepare-worker: compiled 1200 of 3196 functions\n';
      const ended = await prepare(cli, { columns: 120, takesMs: 1000, says });
      const states = progressOf(ended);
      assert.ok(
        states.some((state) => / {2}\d+ ms, 1 200 of 3 196 functions, (about \d+ s left|nearly done)$/.test(state)),
      );
      assert.ok(!ended.stdout.includes('compiled 1200'));
    }));

  it('shows the time on a narrow terminal', () =>
    withCli(async (cli) => {
      const states = progressOf(await prepare(cli, { columns: 50, takesMs: 2500 }));
      assert.ok(
        states.every((state) => state.length < 50),
        JSON.stringify(states.filter((state) => state.length >= 50)),
      );
      assert.ok(states.some((state) => /Preparing a-runtime.* \d.*(left|done)$/.test(state)));
    }));

  it('shows progress on a terminal of unknown size', () =>
    withCli(async (cli) => {
      const states = progressOf(await prepare(cli, { columns: 0, takesMs: 1000 }));
      assert.ok(states.some((state) => state.includes('Preparing a-runtime')));
    }));

  it('shows no progress with --no-progress', () =>
    withCli(async (cli) => {
      const { code, stdout } = await prepare(cli, { columns: 100, args: ['--no-progress'] });
      assert.equal(code, 0);
      assert.ok(!stdout.includes(CLEAR));
      assert.ok(stdout.startsWith(BOLD));
    }));

  it('has no colour with NO_COLOR', () =>
    withCli(async (cli) => {
      const { code, stdout } = await prepare(cli, { columns: 100, args: ['--no-progress'], env: { NO_COLOR: '1' } });
      assert.equal(code, 0);
      assert.match(stdout, /^PASS {2}/);
      assert.ok(!stdout.includes(ESCAPE));
    }));

  it('has no colour and no progress on a dumb terminal', () =>
    withCli(async (cli) => {
      const { code, stdout } = await prepare(cli, { columns: 100, env: { TERM: 'dumb' } });
      assert.equal(code, 0);
      assert.ok(!stdout.includes(ESCAPE), JSON.stringify(stdout.slice(0, 200)));
    }));
});

describe('pvf prepare without a terminal', () => {
  before(needBuiltCli);

  it('has colour only when forced', () =>
    withCli(async (cli) => {
      const { stdout, stderr } = await prepare(cli, { env: { FORCE_COLOR: '1' } });
      assert.ok(stdout.startsWith(BOLD));
      assert.equal(stderr, '');
    }));

  it('shows no progress', () =>
    withCli(async (cli) => {
      const { code, stdout, stderr } = await prepare(cli, { takesMs: 1500 });
      assert.equal(code, 0);
      assert.equal(stderr, '');
      assert.match(stdout, /^PASS/);
    }));
});
