import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFolderProblem } from '../../../src/base/safe-cache-folder.ts';

const [uid, gid] = [process.getuid?.(), process.getgid?.()];

describe('cacheFolderProblem', () => {
  let root = '';
  const at = (name: string) => path.join(root, name);
  const problem = (folder = root, untrusted: readonly string[] = []) =>
    cacheFolderProblem(folder, { uid, gid, untrusted });

  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'pvf-cache-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const folder = (name: string, mode = 0o700) => {
    mkdirSync(at(name), { recursive: true });
    chmodSync(at(name), mode);
    return at(name);
  };

  it('accepts a private folder, one that others can read, and one that does not exist', () => {
    assert.equal(problem(), undefined);
    assert.equal(problem(folder('readable', 0o755)), undefined);
    assert.equal(problem(at('a/b/c')), undefined);
  });

  it('refuses a folder inside an untrusted one, also through a link', () => {
    const workspace = folder('workspace');
    assert.equal(problem(at('workspace/.cache'), [workspace]), `it is inside ${workspace}, which is not trusted`);
    symlinkSync(workspace, at('link'));
    assert.match(problem(at('link/.cache'), [workspace]) ?? '', /which is not trusted/);
    assert.equal(problem(at('elsewhere'), [workspace]), undefined);
  });

  it('refuses a folder that others can write to', function () {
    if (uid === undefined) this.skip();
    assert.equal(problem(folder('shared', 0o777)), 'other users can write to it');
    assert.equal(problem(folder('world', 0o702)), 'other users can write to it');
  });

  it('creates its own folders in one with the sticky bit, such as /tmp', function () {
    if (uid === undefined) this.skip();
    const shared = folder('shared', 0o1777);
    assert.equal(problem(shared), undefined);
    assert.equal(statSync(path.join(shared, 'workers')).mode & 0o777, 0o700);
  });

  it('takes away the permissions of others on its own folders', function () {
    if (uid === undefined) this.skip();
    for (const name of ['artifacts', 'engines', 'workers']) folder(name, 0o777);
    assert.equal(problem(), undefined);
    for (const name of ['artifacts', 'engines', 'workers']) assert.equal(statSync(at(name)).mode & 0o777, 0o700, name);
  });

  it('refuses folders and programs of another user', function () {
    // Only root can give files away.
    if (uid !== 0) this.skip();
    const foreign = folder('foreign');
    chownSync(foreign, 12_345, 12_345);
    assert.equal(problem(foreign), 'it belongs to another user (uid 12345)');
    const engines = folder('cache/engines');
    chownSync(engines, 12_345, 12_345);
    assert.equal(problem(at('cache')), `${engines} belongs to another user (uid 12345)`);
    const workers = folder('planted/workers', 0o777);
    writeFileSync(path.join(workers, 'worker'), '');
    chownSync(path.join(workers, 'worker'), 12_345, 12_345);
    assert.equal(problem(at('planted')), `${path.join(workers, 'worker')} belongs to another user`);
  });
});
