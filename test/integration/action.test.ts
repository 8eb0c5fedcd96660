/** The GitHub action on a repository whose main branch has one release of a chain, and whose other branch the next one. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/vscode-rig/folders.ts';
import type { Report } from '../../src/model/report.ts';
import {
  type ActionRun,
  commentsOf,
  type Event,
  makeRunner,
  type Runner,
  runAction,
  setComments,
} from '../support/action/run-action.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { assertValid } from '../support/published-schemas.ts';
import { needBuiltCli } from '../support/run-cli.ts';
import { skipBecause } from '../support/skip.ts';

const blobAt = 'target/release/wbuild/bridge-hub-paseo-runtime/bridge_hub_paseo_runtime.compact.compressed.wasm';
const tally = path.join(root, 'examples/tally/blobs/tally_runtime.compact.compressed.wasm');
const minutes = 60_000;

function git(cwd: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' }).trim();
}

function commit(cwd: string, files: Readonly<Record<string, string>>, message: string): void {
  for (const [name, source] of Object.entries(files)) {
    const target = path.join(cwd, name);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { force: true });
    copyFileSync(source, target);
  }
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '-m', message);
}

function push(runner: Runner, branch: string): Event {
  const sha = git(runner.workspace, 'rev-parse', 'HEAD');
  return {
    github: { token: 'secret', event: { repository: { default_branch: 'main' } } },
    env: { GITHUB_EVENT_NAME: 'push', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: branch, GITHUB_SHA: sha },
  };
}

function pullRequest(runner: Runner, base = 'main', head: { readonly fork: boolean } = { fork: false }): Event {
  const { github, env } = push(runner, '7/merge');
  const event = { repository: { default_branch: 'main' }, pull_request: { number: 7, head: { repo: head } } };
  return {
    github: { ...github, event },
    env: { ...env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: base },
  };
}

function withRunner(test: (runner: Runner) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'action-'));
  try {
    const runner = makeRunner(folder);
    git(runner.workspace, 'init', '-q', '-b', 'main');
    test(runner);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reportOf({ outputs }: ActionRun): Report {
  return JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8')) as Report;
}

function needPrograms(context: Mocha.Context): void {
  needBuiltCli();
  for (const program of ['git', 'bash', 'jq', 'awk']) {
    try {
      execFileSync('which', [program]);
    } catch {
      skipBecause(context, `${program} is missing`);
    }
  }
}

describeWithCorpus('the action on two releases of a chain', (corpus) => {
  before(function () {
    needPrograms(this);
  });

  it('keeps the report of main, tells the pull request what changed, and updates its comment', function () {
    this.timeout(15 * minutes);
    withRunner((runner) => {
      const [pair] = corpus.pairs;
      assert.ok(pair);
      commit(runner.workspace, { [blobAt]: corpus.path(pair.older) }, 'release 1009002');
      const main = runAction(runner, push(runner, 'main'), { worker: 'portable', sarif: 'true' });
      assert.equal(main.hasFailed, false, main.log);
      assert.deepEqual([main.outputs['conclusion'], commentsOf(runner).length], ['pass', 0]);
      assert.match(main.log, /::notice::There is no report of main to compare with/);

      git(runner.workspace, 'checkout', '-q', '-b', 'update');
      commit(runner.workspace, { [blobAt]: corpus.path(pair.newer) }, 'release 1009003');
      const inputs = { worker: 'portable', sarif: 'true', args: '--allow\nno-validate-block' };
      const first = runAction(runner, pullRequest(runner), inputs);
      assert.equal(first.hasFailed, false, first.log);

      const [comment, ...others] = commentsOf(runner);
      assert.deepEqual(others, []);
      const body = comment?.body ?? '';
      assert.match(body, /^<!-- pvf-report -->\n## ✅ PASS: bridge-hub-paseo 1009003 \(vote: accept\)\n/);
      assert.match(body, /\nChanges against main-[0-9a-f]{7}\.json: spec_version 1009002 → 1009003/);
      assert.match(body, /\n\| Stored size \| 1\.44 MiB \| 1\.44 MiB \| −6 B/);
      assert.match(body, /\n\| `\w+` \| [+−][\d ]+ B \| `\w+` \| [+−][\d ]+ B \|/);
      // The metadata of main's blob, which is kept beside its report.
      assert.match(body, /\nMetadata: no change\.\n/);
      assert.equal(first.summary, body);
      assert.equal(reportOf(first).metadata?.changes?.length, 0);
      const [upload] = first.sarif;
      assert.equal(upload?.category, 'pvf-');
      assertValid('sarif-2.1.0', JSON.parse(upload?.text ?? ''));
      assert.ok(existsSync(first.outputs['html'] ?? ''));
      assertExample(runner, main, first);

      setComments(runner, { login: 'github-actions[bot]', comments: [...commentsOf(runner), foreign(2), foreign(3)] });
      const second = runAction(runner, pullRequest(runner), inputs);
      assert.equal(second.hasFailed, false, second.log);
      assert.deepEqual(commentsOf(runner).slice(1), [foreign(2), foreign(3)]);
      assert.equal(commentsOf(runner)[0]?.id, comment?.id);
      // A pull request neither replaces main's report nor fills the cache.
      assert.equal(readdirSync(path.join(runner.folder, 'caches')).length, 2);
    });
  });
});

/**
 * docs/ci-example.md has the log and the comment of this test. Figures differ from machine to machine, so only the rest is
 * compared. UPDATE_GOLDEN=1 writes the page.
 */
function assertExample(runner: Runner, main: ActionRun, { log, summary }: ActionRun): void {
  const file = path.join(root, 'docs/ci-example.md');
  const shown = (text: string) =>
    text
      .trim()
      .replaceAll(runner.folder, '/home/runner')
      .replace(/(?<=::)[0-9a-f]{32}/g, '0'.repeat(32));
  const page = `# What the action does

A test runs the steps of [action.yml](../action.yml) on two releases of a chain: bridge-hub-paseo 1009002 is the main branch, 1009003
is the pull request. This page is written by that test (\`test/integration/action.test.ts\`).

## The log of the main branch

\`\`\`text
${shown(main.log)}
\`\`\`

## The log of the pull request

\`\`\`text
${shown(log)}
\`\`\`

## The comment, and the job summary

${summary.replace(/^## /m, '### ')}`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, page);
  const [now, then] = [page, readFileSync(file, 'utf8')].map((text) => {
    const [start = ''] = text.split('<details>');
    const exact = start.replace(/^(\| (CPU time|Peak memory)|CPU headroom).*$/gm, '');
    return exact.replace(/\b[0-9a-f]{7,64}\b|[\d.]+/g, '0').replace(/`\w+` \| [+−]0/g, 'part');
  });
  assert.equal(now, then);
}

/** Somebody else wrote the marker. */
function foreign(id: number) {
  return { id, user: { login: 'mallory' }, body: '<!-- pvf-report -->\nHello.' };
}

describe('the action', () => {
  before(function () {
    needPrograms(this);
  });

  it('runs no text of a branch, a file name or an input', function () {
    this.timeout(10 * minutes);
    withRunner((runner) => {
      const evil = '$(touch x)`touch x`;touch x #';
      const branch = '$(>x)`>x`;>x;&';
      const names = [`${evil} "a' b.wasm`, "it's [x] --output.wasm", '-n.wasm', '::error::no.wasm', 'two\nlines.wasm'];
      commit(runner.workspace, Object.fromEntries(names.map((name) => [name, tally])), 'files');
      git(runner.workspace, 'checkout', '-q', '-b', branch);
      const inputs = {
        files: `*.wasm\n\n  \n${names[1]}`,
        name: evil,
        args: '--allow\nno-metadata-hash',
        worker: 'portable',
      };
      const run = runAction(runner, push(runner, branch), {
        ...inputs,
        'baseline-branch': branch,
      });
      assert.equal(run.outputs['conclusion'], 'pass', run.log);
      assert.equal(run.hasFailed, false, run.log);
      const reports = JSON.parse(readFileSync(run.outputs['report'] ?? '', 'utf8')) as readonly Report[];
      assert.deepEqual(new Set(reports.map(({ runtime }) => runtime.path)), new Set(names));
      const pull = runAction(runner, pullRequest(runner, branch), inputs);
      assert.equal(pull.hasFailed, false, pull.log);
      assert.match(commentsOf(runner)[0]?.body ?? '', /^<!-- pvf-report [A-Za-z0-9.-]+ -->\n## PVF check\n/);
      assert.match(pull.summary, /The code is the same, byte for byte\./);
      for (const folder of [runner.workspace, runner.folder, path.join(runner.folder, 'temp')]) {
        assert.ok(!readdirSync(folder).includes('x'), `a command ran in ${folder}`);
      }
      // Between the two marks, the runner takes no line for a command.
      const inside = /::stop-commands::(\w{32})\n([\s\S]*?)\n::\1::\n/.exec(pull.log)?.[2];
      assert.ok(inside !== undefined, pull.log);
    });
  });

  it('tells everything about a runtime that fails, then fails the job', function () {
    this.timeout(5 * minutes);
    withRunner((runner) => {
      commit(runner.workspace, { 'a.wasm': tally }, 'blob');
      writeFileSync(path.join(runner.workspace, 'budget.json'), '{"storedBytes": 1000}');
      const inputs = {
        files: 'a.wasm',
        worker: 'portable',
        args: '--budget\nbudget.json',
        sarif: 'true',
        metadata: 'false',
      };
      const run = runAction(runner, pullRequest(runner), inputs);
      assert.equal(run.hasFailed, true);
      assert.equal(run.outputs['conclusion'], 'fail', run.log);
      assert.match(run.summary, /## ❌ FAIL: tally 1000 \(vote: accept\)/);
      assert.equal(commentsOf(runner).length, 1);
      assert.equal(run.sarif.length, 1);
      assert.equal(run.steps.at(-1), 'Conclude');

      setComments(runner, { login: 'github-actions[bot]', comments: [], isReadOnly: true });
      const fork = runAction(runner, pullRequest(runner, 'main', { fork: true }), { ...inputs, args: '' });
      assert.equal(fork.hasFailed, false, fork.log);
      assert.match(fork.log, /::warning::The comment can't be written\. The report is in the job summary\./);
      assert.deepEqual(fork.sarif, []);
    });
  });

  it('fails with a cause when there is no such file, and compares with nothing', function () {
    this.timeout(2 * minutes);
    withRunner((runner) => {
      commit(runner.workspace, { 'a.wasm': tally }, 'blob');
      const run = runAction(runner, push(runner, 'main'), { files: 'none/*.wasm' });
      assert.deepEqual([run.hasFailed, run.outputs['conclusion']], [true, 'error']);
      assert.match(run.log, /none\/\*\.wasm/);
      assert.ok(!run.steps.includes('Save the report'));
      const wrong = runAction(runner, push(runner, 'main'), { 'build-worker': 'all; touch x' });
      assert.equal(wrong.hasFailed, true);
      assert.match(wrong.log, /::error::build-worker: give official or engine\./);
    });
  });
});
