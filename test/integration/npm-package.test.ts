/** The npm package: what is in it, and that `pvf` works from it, with nothing else installed. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/vscode-rig/folders.ts';
import { type BundleName, bundleFile, bundles, pages } from '../../src/base/bundles.ts';
import type { Report } from '../../src/model/report.ts';
import { needBuiltCli } from '../support/run-cli.ts';

/** All that may be in it. */
const allowed = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/[a-z-]+\.cjs$/,
  /^dist\/media\/[a-z-]+\.(js|css)$/,
  /^media\/.+\.(svg|png|json|br|wasm|toml|lock|rs|d\.ts)$/,
  /^engine\/(Cargo\.(toml|lock)|src\/.+\.rs|patches\/.+)$/,
];
const MAX_BYTES = 4_500_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

describe('the npm package', function () {
  this.timeout(300_000);
  let folder = '';
  let packed: Packed | undefined;

  before(() => {
    needBuiltCli();
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'npm-package-')));
    const output = npm(root, 'pack', '--json', '--pack-destination', folder);
    [packed] = JSON.parse(output) as readonly Packed[];
    mkdirSync(path.join(folder, 'empty'));
    // Without a network: it needs no other package.
    npm(path.join(folder, 'empty'), 'install', '--offline', path.join(folder, packed?.filename ?? ''));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function npm(cwd: string, ...args: string[]): string {
    const env = { ...process.env, npm_config_cache: path.join(folder, 'npm-cache') };
    return execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  function pvf(...args: string[]) {
    const env = {
      PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: path.join(folder, 'home'),
      PVF_CACHE_DIR: path.join(folder, 'cache'),
    };
    const program = path.join(folder, 'empty/node_modules/.bin/pvf');
    return spawnSync(program, args, { cwd: path.join(folder, 'empty'), env, encoding: 'utf8' });
  }

  it('has only files for users, and is small', () => {
    const names = packed?.files.map(({ path: name }) => name) ?? [];
    assert.deepEqual(
      names.filter((name) => !allowed.some((pattern) => pattern.test(name))),
      [],
    );
    const made = [
      ...(Object.keys(bundles) as BundleName[]).map((name) => `dist/${bundleFile(name)}`),
      ...Object.values(pages).flatMap(({ files }) => Object.values(files)),
    ];
    assert.deepEqual(names.filter((name) => name.startsWith('dist/')).sort(), made.sort());
    assert.ok((packed?.size ?? 0) < MAX_BYTES, `${packed?.size} bytes`);
  });

  it('needs no other package', () => {
    const installed = readdirSync(path.join(folder, 'empty/node_modules')).filter((name) => !name.startsWith('.'));
    assert.deepEqual(installed, ['polkadot-pvf']);
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as object;
    assert.ok(!('dependencies' in manifest), 'the bundles contain them, so they belong to devDependencies');
  });

  it('prints its version and its help', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    assert.match(pvf('--version').stdout, new RegExp(`\\b${version.replaceAll('.', '\\.')}\\b`));
    assert.match(pvf('prepare', '--help').stdout, /--worker/);
  });

  it('prepares a runtime with its metadata, and writes a page with charts', () => {
    const blob = path.join(folder, 'empty/tally.wasm');
    cpSync(path.join(root, 'examples/tally/blobs/tally_runtime.compact.compressed.wasm'), blob);
    const run = pvf(
      'prepare',
      '--worker',
      'portable',
      '--metadata',
      '--json',
      '--report',
      'html=out.html',
      'tally.wasm',
    );
    assert.equal(run.status, 0, run.stderr);
    const report = JSON.parse(run.stdout) as Report;
    assert.deepEqual([report.vote, report.conclusion.status, report.worker?.kind], ['accept', 'pass', 'portable']);
    assert.ok((report.metadata?.pallets?.length ?? 0) > 0);
    assert.ok((report.sizes?.owners.length ?? 0) > 0);
    assert.match(readFileSync(path.join(folder, 'empty/out.html'), 'utf8'), /<script[\s\S]{10000}/);
  });

  it('has what the builds of workers need', () => {
    const at = path.join(folder, 'empty/node_modules/polkadot-pvf');
    for (const name of ['media/official-worker/Cargo.lock', 'engine/Cargo.lock', 'engine/src/lib.rs']) {
      assert.ok(existsSync(path.join(at, name)), name);
    }
  });
});
