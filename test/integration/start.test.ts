/** `npm start`, as scripts/start.mjs runs it, with the built-in worker. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/vscode-rig/folders.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { needBuiltCli } from '../support/run-cli.ts';
import { tally, tallyTitle } from '../support/tally.ts';

describe('npm start', function () {
  this.timeout(180_000);
  before(needBuiltCli);

  let folder = '';
  beforeEach('create a folder', () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'pvf-start-')));
  });
  afterEach('remove the folder', () => rmSync(folder, { recursive: true, force: true }));

  /** Runs it as if npm was called in a folder. */
  function start(calledIn: string, ...args: string[]) {
    const env = { PATH: '/usr/bin:/bin', PVF_CACHE_DIR: path.join(folder, 'cache'), HOME: folder, INIT_CWD: calledIn };
    const program = path.join(root, 'scripts/start.mjs');
    return spawnSync(process.execPath, [program, ...args], { cwd: root, env, encoding: 'utf8' });
  }

  it('prepares the example runtime without a file, and says so', () => {
    const { status, stdout, stderr } = start(path.join(root, 'examples'));
    const written = path.relative(path.join(root, 'examples'), tally.path);
    assert.ok(stderr.startsWith(`No file was named, so this prepares the example runtime ${written}.\n`), stderr);
    assert.match(stdout, new RegExp(`^PASS {2}${tallyTitle} `));
    assert.ok(stdout.includes(tally.codeHash), stdout);
    assert.equal(status, 0);
  });

  it('prepares the named file, relative to the folder where npm was called', () => {
    writeFileSync(path.join(folder, 'mine.wasm'), plainPvf);
    const { status, stdout, stderr } = start(folder, '--json', 'mine.wasm');
    assert.equal(stderr, '');
    assert.equal(JSON.parse(stdout).runtime.storedBytes, plainPvf.length);
    assert.equal(status, 0);
  });
});
