import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findRepository, readGitState } from '../../../../src/check/history/git-state.ts';
import { withWorkbench } from '../../../support/workbench.ts';

const identity = ['-c', 'user.name=x', '-c', 'user.email=x@x', '-c', 'init.defaultBranch=main'];
const plainEnv = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

function git(folder: string, ...args: readonly string[]): string {
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, env: plainEnv, encoding: 'utf8', stdio }).trim();
}

/** A repository with one commit on `main`. */
function repositoryIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init');
  git(folder, 'commit', '--allow-empty', '-m', 'one');
  return git(folder, 'rev-parse', 'HEAD');
}

async function stateIn(folder: string) {
  const repository = await findRepository(folder);
  return repository && (await readGitState(repository));
}

/** Without git, a repository as git writes it. */
function putGit(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, '.git', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const commit = 'ab'.repeat(20);

function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  return withWorkbench(({ folder }) => test(realpathSync(folder)));
}

describe('readGitState', function () {
  this.timeout(30_000);

  it('reads commit and branch from any folder of the repository', () =>
    inFolder(async (folder) => {
      const head = repositoryIn(folder);
      mkdirSync(join(folder, 'target/release'), { recursive: true });
      assert.deepEqual(await stateIn(join(folder, 'target/release')), { commit: head, branch: 'main' });
    }));

  it('reads packed refs, and prefers loose ones', () =>
    inFolder(async (folder) => {
      const head = repositoryIn(folder);
      git(folder, 'branch', 'release/1.2');
      git(folder, 'checkout', 'release/1.2');
      git(folder, 'pack-refs', '--all');
      assert.deepEqual(await stateIn(folder), { commit: head, branch: 'release/1.2' });
      git(folder, 'commit', '--allow-empty', '-m', 'two');
      assert.deepEqual(await stateIn(folder), { commit: git(folder, 'rev-parse', 'HEAD'), branch: 'release/1.2' });
    }));

  it('has no branch for a detached HEAD', () =>
    inFolder(async (folder) => {
      const head = repositoryIn(folder);
      git(folder, 'checkout', '--detach');
      assert.deepEqual(await stateIn(folder), { commit: head });
    }));

  it('reads a worktree, whose repository is the same', () =>
    inFolder(async (folder) => {
      const main = join(folder, 'main');
      repositoryIn(main);
      git(main, 'worktree', 'add', '-b', 'other', '../other');
      git(join(folder, 'other'), 'commit', '--allow-empty', '-m', 'two');
      const head = git(join(folder, 'other'), 'rev-parse', 'HEAD');
      assert.deepEqual(await stateIn(join(folder, 'other')), { commit: head, branch: 'other' });
      const [one, two] = await Promise.all(['main', 'other'].map((name) => findRepository(join(folder, name))));
      assert.equal(one?.commonFolder, two?.commonFolder);
    }));

  it('reads a submodule', () =>
    inFolder(async (folder) => {
      const head = repositoryIn(join(folder, 'library'));
      repositoryIn(join(folder, 'main'));
      git(join(folder, 'main'), '-c', 'protocol.file.allow=always', 'submodule', 'add', '../library', 'sub');
      assert.deepEqual(await stateIn(join(folder, 'main/sub')), { commit: head, branch: 'main' });
    }));

  it('reads hashes of SHA-256 repositories', () =>
    inFolder(async (folder) => {
      const long = 'cd'.repeat(32);
      putGit(folder, { HEAD: 'ref: refs/heads/main\n', 'refs/heads/main': `${long}\n` });
      assert.deepEqual(await stateIn(folder), { commit: long, branch: 'main' });
    }));

  for (const [what, files] of [
    ['a repository without a commit', { HEAD: 'ref: refs/heads/main\n' }],
    ['refs in a reftable', { HEAD: 'ref: refs/heads/.invalid\n', 'reftable/tables.list': '0x01.ref\n' }],
    ['a ref that leads out of the folder', { HEAD: 'ref: refs/../../../secret\n' }],
    ['refs that name each other', { HEAD: 'ref: refs/a\n', 'refs/a': 'ref: refs/b\n', 'refs/b': 'ref: refs/a\n' }],
    ['a HEAD of another kind', { HEAD: '<!doctype html>\n' }],
    ['a huge HEAD', { HEAD: `${commit}${' '.repeat(5000)}` }],
    ['an empty folder', {}],
  ] as const) {
    it(`knows no state of ${what}`, () =>
      inFolder(async (folder) => {
        writeFileSync(join(folder, 'secret'), commit);
        mkdirSync(join(folder, 'root'));
        mkdirSync(join(folder, 'root/.git'));
        putGit(join(folder, 'root'), files);
        assert.equal(await stateIn(join(folder, 'root')), undefined);
      }));
  }

  for (const [what, text] of [
    ['the folder itself', 'gitdir: .'],
    ['the file itself', 'gitdir: .git'],
    ['another machine', 'gitdir: \\\\server\\share'],
    ['a path with a NUL', 'gitdir: a\0b'],
    ['nothing', ''],
    ['a folder without end', `gitdir: ${'../'.repeat(2000)}`],
  ] as const) {
    it(`ignores a file .git that names ${what}`, () =>
      inFolder(async (folder) => {
        writeFileSync(join(folder, '.git'), text);
        assert.equal(await findRepository(folder), undefined);
      }));
  }

  it('ignores links that form a circle, and never waits for a FIFO', function () {
    if (process.platform === 'win32') this.skip();
    return inFolder(async (folder) => {
      symlinkSync('.git', join(folder, '.git'));
      assert.equal(await findRepository(folder), undefined);
      rmSync(join(folder, '.git'));
      mkdirSync(join(folder, '.git'));
      execFileSync('mkfifo', [join(folder, '.git/HEAD')]);
      assert.equal(await findRepository(folder), undefined);
    });
  });

  it('runs no program that the repository configures', () =>
    inFolder(async (folder) => {
      repositoryIn(folder);
      const trap = join(folder, 'trap.sh');
      writeFileSync(trap, '#!/bin/sh\ntouch "$(dirname "$0")/sprung"\n', { mode: 0o755 });
      writeFileSync(
        join(folder, '.git/config'),
        `${readFileSync(join(folder, '.git/config'))}[core]\nfsmonitor = ${trap}\n`,
      );
      assert.equal((await stateIn(folder))?.branch, 'main');
      assert.ok(!readdirSync(folder).includes('sprung'));
    }));
});
