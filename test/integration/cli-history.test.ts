/** The history of the built CLI: what a second build shows, and what `pvf history` does. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RuntimeHistory } from '../../src/model/history.ts';
import { plainPvfOf } from '../support/plain-pvf.ts';
import { type CliBench, needBuiltCli, withCli } from '../support/run-cli.ts';

const commits = ['1a2b3c4'.padEnd(40, '0'), '5d6e7f8'.padEnd(40, '0')] as const;

/** The runtime of a commit: a longer spec name is a larger blob. */
function build({ folder }: CliBench, at: 0 | 1): string {
  const put = (name: string, content: string | Uint8Array) => {
    const file = join(folder, 'project', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  put('.git/HEAD', 'ref: refs/heads/main\n');
  put('.git/refs/heads/main', `${commits[at]}\n`);
  return put('target/release/wbuild/my-runtime/my_runtime.wasm', plainPvfOf(['abc', 'abcdefghijk'][at] ?? '', at + 1));
}

async function historyOf(cli: CliBench, file: string): Promise<RuntimeHistory> {
  const { stdout, code } = await cli.run(['history', '--json', file]);
  assert.equal(code, 0);
  return JSON.parse(stdout) as RuntimeHistory;
}

async function stdoutOf(cli: CliBench, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await cli.run(args);
  assert.equal(stderr, '');
  return stdout;
}

describe('pvf history', function () {
  this.timeout(120_000);
  before(needBuiltCli);

  it('shows what a build changed since the one before, by its commit', () =>
    withCli(async (cli) => {
      assert.doesNotMatch(await stdoutOf(cli, 'prepare', build(cli, 0)), /[Ss]ince /);
      const file = build(cli, 1);
      assert.match(await stdoutOf(cli, 'prepare', file), /^ {2}Since 1a2b3c4: .*stored size \+16 B \(\+\d+\.\d %\)/m);
      const markdown = await stdoutOf(cli, 'prepare', '--format', 'markdown', file);
      assert.match(markdown, /^Changes since 1a2b3c4:/m);
      assert.match(markdown, /^\| Stored size \|.*\| \*\*\+16 B \(/m);
      const { entries } = await historyOf(cli, file);
      assert.deepEqual(
        entries.map(({ git, vote, worker }) => [git?.commit, git?.branch, vote, worker?.kind]),
        commits.map((commit) => [commit, 'main', 'accept', 'portable']),
      );
      assert.match(await stdoutOf(cli, 'history', file), /5d6e7f8 {2}main {4}v2 .*\d+ B \+\d+\.\d %/);
    }));

  it('compares with a pinned baseline, and by name with any other result', () =>
    withCli(async (cli) => {
      await cli.run(['inspect', build(cli, 0)]);
      const file = build(cli, 1);
      await cli.run(['inspect', file]);
      const release = cli.write('release.wasm', plainPvfOf('abcdefg', 9));
      const pinned = await stdoutOf(cli, 'history', '--pin', release, '--baseline-is', 'chain', file);
      assert.match(pinned, /^Pinned baseline: the release on chain \(stored size \d+ B/m);
      assert.match(await stdoutOf(cli, 'inspect', file), /Against the release on chain: stored size \+8 B/);
      const findings = await stdoutOf(cli, 'inspect', '--baseline', 'pinned', file);
      assert.match(findings, /error\[spec-version-not-raised\]/);
      await cli.run(['history', '--pin', '1a2b3c4', file]);
      assert.match(await stdoutOf(cli, 'inspect', file), /Since 1a2b3c4: stored size \+16 B/);
      assert.match(
        await stdoutOf(cli, 'inspect', '--baseline', release, file),
        /Against release\.wasm: stored size \+8 B/,
      );
      for (const name of ['previous', '1a2b', commits[0]]) {
        const text = await stdoutOf(cli, 'inspect', '--no-history', '--baseline', name, file);
        assert.match(text, /Since 1a2b3c4: stored size \+16 B/);
      }
      assert.equal((await historyOf(cli, file)).entries.length, 2);
      await cli.run(['history', '--unpin', file]);
      assert.equal((await historyOf(cli, file)).pinned, undefined);
    }));

  it('records nothing with --no-history, and nothing that is undecided', () =>
    withCli(async (cli) => {
      const file = build(cli, 0);
      await cli.run(['inspect', '--no-history', file]);
      await cli.run(['prepare', '--worker', '/nowhere', file]);
      assert.deepEqual(await historyOf(cli, file), { entries: [] });
      assert.match(await stdoutOf(cli, 'history', file), /^There are no results of .*my_runtime\.wasm yet\./);
    }));

  it('clears the history, and keeps that of another runtime', () =>
    withCli(async (cli) => {
      const file = build(cli, 0);
      const other = cli.write('other.wasm', plainPvfOf('other', 1));
      await cli.run(['inspect', file, other]);
      assert.match(await stdoutOf(cli, 'history', '--clear', file), /is deleted: 1 result\.$/m);
      assert.deepEqual((await historyOf(cli, file)).entries, []);
      assert.equal((await historyOf(cli, other)).entries.length, 1);
      assert.equal(readdirSync(join(cli.cache, 'history')).length, 1);
    }));

  it('explains a baseline that is not there', () =>
    withCli(async (cli) => {
      const file = build(cli, 0);
      for (const [args, message] of [
        [['inspect', '--baseline', 'pinned', file], /^error: No baseline is pinned for .*my_runtime\.wasm/],
        [
          ['inspect', '--baseline', 'abcd123', file],
          /^error: The baseline abcd123 is no file, and the runtime has no history/,
        ],
        [['history', '--pin', 'abcd123', file], /^error: abcd123 can't be pinned: the runtime has no history yet/],
        [['history', '--pin', 'abcd', '--unpin', file], /^error: Give only one of/],
        [['history', '--baseline-is', 'chain', file], /^error: --baseline-is needs --pin/],
      ] as const) {
        const { code, stderr } = await cli.run(args);
        assert.match(stderr, message);
        assert.equal(code, 2);
      }
      const first = await cli.run(['inspect', '--baseline', 'previous', file]);
      assert.equal(first.code, 0, 'the first build of a pipeline has nothing before it');
    }));
});
