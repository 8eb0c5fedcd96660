import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findCrate } from '../../../../../src/editor/discovery/sources/find-crate.ts';

const INDEX = 'registry+https://github.com/rust-lang/crates.io-index';
const COMMIT = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
const SDK = `git+https://github.com/paritytech/polkadot-sdk?branch=stable2412#${COMMIT}`;

interface Locked {
  readonly name: string;
  readonly version?: string;
  readonly source?: string;
  readonly dependencies?: readonly string[];
}

function lockText(packages: readonly Locked[]): string {
  const blocks = packages.map(({ name, version = '1.0.0', source, dependencies = [] }) =>
    [
      '[[package]]',
      `name = "${name}"`,
      `version = "${version}"`,
      ...(source === undefined ? [] : [`source = "${source}"`]),
      ...(dependencies.length === 0
        ? []
        : [`dependencies = [\n${dependencies.map((one) => ` "${one}",`).join('\n')}\n]`]),
    ].join('\n'),
  );
  return `# This file is generated.\nversion = 4\n\n${blocks.join('\n\n')}\n\n[metadata]\nname = "x"\n`;
}

describe('findCrate', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pvf-crates-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const crate = (path: string, name: string, more = '') =>
    write(`${path}/Cargo.toml`, `[package]\nname = "${name}"\nversion = "1.0.0"\n${more}`);
  /** A workspace in `chain/`, and Cargo's home in `cargo/`. */
  const workspace = (packages: readonly Locked[], dependencies = '', shared = '') => {
    write('chain/Cargo.toml', `[workspace]\nmembers = ["runtime", "pallets/*"]\n[workspace.dependencies]\n${shared}`);
    crate('chain/runtime', 'my-runtime', `[dependencies]\n${dependencies}`);
    write(
      'chain/Cargo.lock',
      lockText([{ name: 'my-runtime', dependencies: packages.map(({ name }) => name) }, ...packages]),
    );
  };
  const find = (name: string) =>
    findCrate(name, join(folder, 'chain/runtime/Cargo.toml'), { env: { CARGO_HOME: join(folder, 'cargo') } });
  const found = (path: string, origin: string) => ({ kind: 'found', folder: join(folder, path), origin });
  const registry = (name: string) => `cargo/registry/src/index-1949cf8c6b5b557f/${name}`;

  it('finds a crate of the workspace before one with the same name in the registry', async () => {
    workspace(
      [{ name: 'pallet-mine' }],
      'pallet-mine = { workspace = true }',
      'pallet-mine = { path = "pallets/mine" }',
    );
    crate('chain/pallets/mine', 'pallet-mine');
    crate(registry('pallet-mine-1.0.0'), 'pallet-mine');
    assert.deepEqual(await find('pallet_mine'), found('chain/pallets/mine', 'workspace'));
    assert.deepEqual(await find('my_runtime'), found('chain/runtime', 'workspace'));
  });

  it('finds the locked version in the registry', async () => {
    workspace([{ name: 'pallet-balances', version: '39.0.1', source: INDEX }]);
    crate(registry('pallet-balances-38.0.0'), 'pallet-balances');
    crate(registry('pallet-balances-39.0.1'), 'pallet-balances');
    assert.deepEqual(await find('pallet_balances'), found(registry('pallet-balances-39.0.1'), 'registry'));
  });

  it('finds a crate in the checkout of its commit', async () => {
    workspace([{ name: 'pallet-balances', source: SDK }]);
    const sdk = 'cargo/git/checkouts/polkadot-sdk-0a1b2c3d4e5f6071';
    for (const commit of ['ffffff0', COMMIT.slice(0, 7)]) {
      write(
        `${sdk}/${commit}/Cargo.toml`,
        '[workspace]\nmembers = ["substrate/frame/balances", "substrate/frame/system"]\n',
      );
      crate(`${sdk}/${commit}/substrate/frame/balances`, 'pallet-balances');
      crate(`${sdk}/${commit}/substrate/frame/system`, 'frame-system');
    }
    const expected = found(`${sdk}/${COMMIT.slice(0, 7)}/substrate/frame/balances`, 'git');
    assert.deepEqual(await find('pallet_balances'), expected);
  });

  it('takes the version that is nearest to the runtime', async () => {
    workspace([]);
    write(
      'chain/Cargo.lock',
      lockText([
        { name: 'syn', version: '2.0.0', source: INDEX },
        { name: 'syn', version: '1.0.0', source: INDEX },
        { name: 'middle', source: INDEX, dependencies: ['syn 2.0.0'] },
        { name: 'my-runtime', dependencies: ['middle', 'syn 1.0.0'] },
      ]),
    );
    for (const version of ['1.0.0', '2.0.0']) crate(registry(`syn-${version}`), 'syn');
    assert.deepEqual(await find('syn'), found(registry('syn-1.0.0'), 'registry'));
  });

  it('finds a renamed dependency by its alias and by its own name', async () => {
    workspace(
      [{ name: 'parity-scale-codec', version: '3.6.12', source: INDEX }],
      'codec = { workspace = true }',
      'codec = { package = "parity-scale-codec", version = "3" }',
    );
    crate(registry('parity-scale-codec-3.6.12'), 'parity-scale-codec');
    const expected = found(registry('parity-scale-codec-3.6.12'), 'registry');
    assert.deepEqual(await find('codec'), expected);
    assert.deepEqual(await find('parity_scale_codec'), expected);
  });

  it('finds a library with another name than its package', async () => {
    workspace([{ name: 'tiny-bip39', source: INDEX }]);
    crate(registry('tiny-bip39-1.0.0'), 'tiny-bip39', '[lib]\nname = "bip39"\n');
    assert.deepEqual(await find('bip39'), found(registry('tiny-bip39-1.0.0'), 'registry'));
  });

  it('finds a crate that the workspace patches with a folder', async () => {
    workspace([{ name: 'pallet-forked' }]);
    write(
      'chain/Cargo.toml',
      '[workspace]\nmembers = ["runtime"]\n[patch.crates-io]\npallet-forked = { path = "../fork" }\n',
    );
    crate('fork', 'pallet-forked');
    assert.deepEqual(await find('pallet_forked'), found('fork', 'workspace'));
  });

  it('names the version that Cargo has not downloaded', async () => {
    workspace([{ name: 'pallet-balances', version: '39.0.1', source: INDEX }]);
    const expected = { kind: 'not-downloaded', name: 'pallet-balances', version: '39.0.1' };
    assert.deepEqual(await find('pallet_balances'), expected);
  });

  it('knows no crate without a lock file, and none that is not locked', async () => {
    crate('chain/runtime', 'my-runtime');
    assert.deepEqual(await find('pallet_balances'), { kind: 'unknown' });
    workspace([]);
    assert.deepEqual(await find('../../etc'), { kind: 'unknown' });
  });
});
