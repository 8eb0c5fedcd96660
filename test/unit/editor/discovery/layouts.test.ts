/**
 * What is found in the layouts of real teams' workspaces, and which of the runtimes are checked automatically. Each row lays
 * out a workspace in a temporary folder.
 */
import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import {
  type Discovery,
  discover,
  type SearchFolder,
  type SearchOptions,
} from '../../../../src/editor/discovery/discover.ts';
import { searchedLines } from '../../../../src/editor/discovery/searched.ts';
import { exemptionOf } from '../../../../src/editor/model.ts';
import { sectionId } from '../../../../src/wasm/sections.ts';
import { leb128, list, name, section, wasmModule } from '../../../../src/wasm/writer.ts';
import { COMPRESSED, POLKAVM, useBuildTree } from './build-tree.ts';

/** A module with these exports, and with a version section if it is a runtime. */
function moduleWith(exports: readonly string[], customs: readonly string[] = ['runtime_version']): Uint8Array {
  const items = exports.map((one) => Uint8Array.from([...name(one), 0, ...leb128(0)]));
  return wasmModule(
    section(sectionId('type'), list(Uint8Array.of(0x60, 0, 0))),
    section(sectionId('function'), list(leb128(0))),
    section(sectionId('export'), list(...items)),
    section(sectionId('code'), list(Uint8Array.of(2, 0, 0x0b))),
    ...customs.map((one) => section(sectionId('custom'), name(one), Uint8Array.of(1, 2, 3))),
  );
}

const PARACHAIN = moduleWith(['Core_version', 'validate_block']);
const SOLO = moduleWith(['Core_version']);
const CONTRACT = moduleWith(['call', 'deploy'], ['producers']);

const CUMULUS = '\n[dependencies]\ncumulus-pallet-parachain-system = { workspace = true }\n';
const BUILDER = '\n[build-dependencies]\nsubstrate-wasm-builder = { workspace = true, optional = true }\n';

describe('the layouts of workspaces', () => {
  const tree = useBuildTree();

  /** Writes a crate. A parachain runtime unless said otherwise. */
  const crate = (folder: string, crateName: string, more = CUMULUS) =>
    tree.write(`${folder}/Cargo.toml`, `[package]\nname = "${crateName}"\nversion = "1.0.0"\n${more}`);
  const workspace = (folder: string, members: readonly string[], more = '') =>
    tree.write(`${folder}/Cargo.toml`, `[workspace]\nmembers = ${JSON.stringify(members)}\n${more}`);
  /** Writes the output of wasm-builder, without a generated manifest. */
  const built = (profile: string, crateName: string, blob = PARACHAIN) =>
    tree.write(`${profile}/wbuild/${crateName}/${crateName.replaceAll('-', '_')}.compact.wasm`, blob);

  const search = (folder: Omit<SearchFolder, 'path'> = {}, options: SearchOptions = {}, opened = '') =>
    discover([{ path: tree.path(opened), ...folder }], options);

  /** `name profile`, with the reason why it is not checked automatically. */
  const shown = ({ runtimes }: Discovery) =>
    runtimes.map((runtime) =>
      [runtime.name, runtime.profile, exemptionOf(runtime), runtime.format]
        .filter((part) => part !== undefined)
        .join(' '),
    );

  interface Row {
    readonly layout: string;
    readonly make: () => void;
    readonly found: readonly string[];
    readonly folder?: () => Omit<SearchFolder, 'path'>;
    readonly options?: () => SearchOptions;
    /** The opened folder. Default: the root of the layout. */
    readonly opened?: string;
  }

  const rows: readonly Row[] = [
    {
      layout: 'development builds of cargo and rust-analyzer beside a release build',
      make: () => {
        crate('runtime', 'a-runtime');
        workspace('', ['runtime']);
        for (const profile of ['release', 'debug', 'rust-analyzer/debug', 'x86_64-unknown-linux-gnu/debug'])
          built(`target/${profile}`, 'a-runtime');
      },
      found: [
        'a-runtime debug development',
        'a-runtime release',
        'a-runtime rust-analyzer/debug development',
        'a-runtime x86_64-unknown-linux-gnu/debug development',
      ],
    },
    {
      layout: "rust-analyzer's own target folder with a target triple",
      make: () => built('target/rust-analyzer/x86_64-unknown-linux-gnu/debug', 'a-runtime'),
      found: ['a-runtime rust-analyzer/x86_64-unknown-linux-gnu/debug development'],
    },
    {
      layout: 'a target folder without a dash inside the target folder',
      make: () => {
        tree.write('target/ra/CACHEDIR.TAG', 'Signature: 8a477f597d28d172789f06886806bc55');
        built('target/ra/debug', 'a-runtime');
        built('target/doc/release', 'no-runtime');
      },
      found: ['a-runtime ra/debug development'],
    },
    {
      layout: 'custom profiles are release builds',
      make: () =>
        ['debug-fast', 'production', 'srtool/production'].map((profile) => built(`target/${profile}`, 'a-runtime')),
      found: ['a-runtime debug-fast', 'a-runtime production', 'a-runtime srtool/production'],
    },
    {
      layout: 'a relay runtime and a solo runtime beside a parachain runtime',
      make: () => {
        workspace('', ['runtimes/*']);
        crate('runtimes/para', 'para-runtime');
        crate('runtimes/relay', 'relay-runtime', '\n[dependencies]\npallet-babe = "1"\n');
        crate('runtimes/solo', 'solo-runtime', '\n[dev-dependencies]\ncumulus-pallet-xcm = "1"\n');
        built('target/release', 'para-runtime');
        built('target/release', 'relay-runtime', SOLO);
        built('target/release', 'solo-runtime', SOLO);
      },
      found: ['para-runtime release', 'relay-runtime release not-parachain', 'solo-runtime release not-parachain'],
    },
    {
      layout: 'a relay runtime that uses types of a cumulus pallet',
      make: () => {
        crate('relay', 'relay-runtime', `${CUMULUS}pallet-grandpa = { workspace = true }\n`);
        built('target/release', 'relay-runtime', SOLO);
      },
      found: ['relay-runtime release not-parachain'],
    },
    {
      layout: 'a solo runtime of which only the compressed blob is left',
      make: () => {
        crate('solo', 'solo-runtime', '');
        tree.write('target/release/wbuild/solo-runtime/solo_runtime.compact.compressed.wasm', COMPRESSED);
      },
      found: ['solo-runtime release not-parachain'],
    },
    {
      layout: 'a solo runtime without its sources',
      make: () => built('target/release', 'solo-runtime', SOLO),
      found: ['solo-runtime release not-parachain'],
    },
    {
      layout: 'parachain runtimes that forgot validate_block: checked, so that the check reports it',
      make: () => {
        crate(
          'renamed',
          'renamed',
          '\n[dependencies]\nparachain-system = { package = "cumulus-pallet-parachain-system", version = "1" }\n',
        );
        crate(
          'umbrella',
          'umbrella',
          '\n[dependencies]\npolkadot-sdk = { version = "1", features = ["cumulus-pallet-xcm"] }\n',
        );
        crate('macro', 'macro', '');
        tree.write('macro/src/lib.rs', 'mod api;\n');
        tree.write(
          'macro/src/api.rs',
          'cumulus_pallet_parachain_system::register_validate_block! { Runtime = Runtime }\n',
        );
        crate('comment', 'comment', '');
        tree.write('comment/src/lib.rs', '// register_validate_block! is not for us\n');
        crate('inherited', 'inherited', '\n[dependencies]\nsystem = { workspace = true }\n');
        workspace(
          '',
          [],
          '[workspace.dependencies]\nsystem = { package = "cumulus-pallet-parachain-system", version = "1" }\n',
        );
        for (const name of ['renamed', 'umbrella', 'macro', 'comment', 'inherited'])
          built('target/release', name, SOLO);
      },
      found: [
        'comment release not-parachain',
        'inherited release',
        'macro release',
        'renamed release',
        'umbrella release',
      ],
    },
    {
      layout: 'a parachain runtime whose crate does not show it',
      make: () => {
        crate('runtime', 'a-runtime', '');
        built('target/release', 'a-runtime', PARACHAIN);
      },
      found: ['a-runtime release'],
    },
    {
      layout: 'code/Cargo.toml with members by a glob, and srtool output in the crates',
      make: () => {
        workspace(
          'code',
          ['parachain/runtime/*', 'xcm/**', 'utils/[a-c]?'],
          'exclude = ["parachain/runtime/common"]\n',
        );
        for (const [folder, runtime] of [
          ['code/parachain/runtime/dali', 'dali-runtime'],
          ['code/parachain/runtime/common', 'common'],
          ['code/xcm/one/two/three/four/five', 'deep-runtime'],
          ['code/utils/b1', 'b1-runtime'],
        ] as const) {
          crate(folder, runtime);
          built(`${folder}/target/srtool/release`, runtime);
        }
        built('code/target/release', 'dali-runtime');
      },
      found: [
        'b1-runtime srtool/release',
        'common srtool/release',
        'dali-runtime release',
        'dali-runtime srtool/release',
        'deep-runtime srtool/release',
      ],
    },
    {
      layout: 'default-members, nested workspaces and path dependencies outside the opened folder',
      make: () => {
        tree.write('open/Cargo.toml', '[workspace]\ndefault-members = ["chains/*"]\n');
        workspace('open/chains/inner', ['../../far/away/from/here/*']);
        crate('open/far/away/from/here/x', 'x-runtime', '\n[dependencies]\ny = { path = "../../../../../../lib/y" }\n');
        crate('lib/y', 'y-runtime');
        built('open/far/away/from/here/x/target/srtool/release', 'x-runtime');
        built('open/chains/inner/target/release', 'inner-runtime');
        built('lib/y/target/srtool/release', 'y-runtime');
      },
      opened: 'open',
      found: ['inner-runtime release', 'x-runtime srtool/release', 'y-runtime srtool/release'],
    },
    {
      layout: 'a project many levels down',
      make: () => {
        crate('a/b/c/d/e/f/g', 'deep-runtime');
        built('a/b/c/d/e/f/g/target/release', 'deep-runtime');
      },
      found: ['deep-runtime release'],
    },
    {
      layout: 'cdylibs built by cargo alone, among other modules',
      make: () => {
        crate('runtime', 'x-runtime');
        crate('other', 'other', '\n[lib]\nname = "renamed_lib"\n[dependencies]\ncumulus-pallet-xcm = "1"\n');
        const unknown = 'target/wasm32-unknown-unknown';
        tree.write(`${unknown}/release/x_runtime.wasm`, PARACHAIN);
        tree.write(`${unknown}/release/contract.wasm`, CONTRACT);
        tree.write(`${unknown}/release/text.wasm`, 'not found');
        tree.write(`${unknown}/release/deps/x_runtime.wasm`, PARACHAIN);
        tree.write(`${unknown}/debug/x_runtime.wasm`, PARACHAIN);
        tree.write('target/wasm32v1-none/production/renamed_lib.wasm', moduleWith(['validate_block'], []));
        tree.write('target/wasm32v1-none/release/solo_runtime.wasm', SOLO);
        tree.write('target/wasm32v1-none/release/small.wasm', COMPRESSED);
      },
      found: [
        'other wasm32v1-none/production',
        'small wasm32v1-none/release',
        'solo_runtime wasm32v1-none/release not-parachain',
        'x-runtime wasm32-unknown-unknown/debug development',
        'x-runtime wasm32-unknown-unknown/release',
      ],
    },
    {
      layout: 'PolkaVM programs in rbuild, also in a folder of the crate',
      make: () => {
        crate('runtime', 'a-runtime');
        tree.write('target/release/rbuild/a-runtime/a-runtime-blob.polkavm', POLKAVM);
        tree.write('target/production/rbuild/a-runtime-blob.polkavm', POLKAVM);
        tree.write('target/production/rbuild/other.polkavm', 'text');
      },
      found: ['a-runtime production polkavm', 'a-runtime release polkavm'],
    },
    {
      layout: 'CARGO_TARGET_DIR of the process, relative to the project',
      make: () => {
        crate('open/chain', 'a-runtime');
        built('open/chain/out/release', 'a-runtime');
      },
      opened: 'open',
      options: () => ({ env: { CARGO_TARGET_DIR: 'out' } }),
      found: ['a-runtime release'],
    },
    {
      layout: 'target folders and WASM_TARGET_DIRECTORY in terminal.integrated.env, with variables',
      make: () => {
        crate('open', 'a-runtime');
        for (const name of ['one', 'two', 'open/three']) built(`${name}/release`, 'a-runtime');
        tree.write('wasm/a_runtime.wasm', COMPRESSED);
        tree.write('wasm/theirs_runtime.wasm', COMPRESSED);
      },
      opened: 'open',
      options: () => ({ env: { BASE: tree.root } }),
      folder: () => ({
        terminalEnv: {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
          CARGO_TARGET_DIR: '${workspaceFolder}/../one',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
          CARGO_BUILD_TARGET_DIR: '${env:BASE}/two',
          CARGO_BUILD_BUILD_DIR: 'three',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
          WASM_TARGET_DIRECTORY: '${env:BASE}/wasm',
          CARGO_HOME: null,
        },
      }),
      found: ['a-runtime', 'a-runtime release', 'a-runtime release', 'a-runtime release'],
    },
    {
      layout: '.cargo/config.toml: target-dir and [env], of the folder, a project below, a parent, and the home folder',
      make: () => {
        crate('parents/open/code', 'a-runtime');
        tree.write('parents/open/.cargo/config.toml', '[build]\ntarget-dir = "../by-folder"\n');
        tree.write(
          'parents/open/code/.cargo/config',
          '[env]\nCARGO_TARGET_DIR = { value = "by-env", relative = true }\n',
        );
        tree.write(
          'parents/.cargo/config.toml',
          '[env]\nWASM_TARGET_DIRECTORY = { value = "by-parent", relative = true, force = true }\n',
        );
        tree.write('home/.cargo/config.toml', '[build]\ntarget-dir = "by-home"\n');
        built('parents/by-folder/release', 'a-runtime');
        built('parents/by-folder/release', 'theirs-runtime');
        tree.write('elsewhere/Cargo.toml', '[package]\nname = "theirs-runtime"\n');
        built('parents/open/code/by-env/production', 'a-runtime');
        built('home/by-home/release-home', 'a-runtime');
        tree.write('parents/by-parent/a_runtime.wasm', PARACHAIN);
      },
      opened: 'parents/open',
      options: () => ({ homeFolder: tree.path('home') }),
      found: [
        'a-runtime',
        'a-runtime production',
        'a-runtime release',
        'theirs-runtime release',
        'a-runtime release-home',
      ].sort(),
    },
    {
      layout: 'pvf.exclude by crate name and by path; pvf.include wins',
      make: () => {
        for (const name of ['one', 'two', 'three', 'four'])
          crate(`runtimes/${name}`, `${name}-runtime`, name === 'four' ? '' : CUMULUS);
        for (const name of ['one', 'two', 'three']) built('target/release', `${name}-runtime`);
        built('target/release', 'four-runtime', SOLO);
        built('target/debug', 'one-runtime');
        built('target/debug', 'two-runtime');
      },
      folder: () => ({
        exclude: ['one-*', 'runtimes/{two,three}', 'four-runtime'],
        include: ['three-runtime', './runtimes/four', 'target/debug/wbuild/two-runtime/'],
      }),
      found: [
        'four-runtime release',
        'one-runtime debug excluded',
        'one-runtime release excluded',
        'three-runtime release',
        'two-runtime debug',
        'two-runtime release excluded',
      ],
    },
  ];

  for (const { layout, make, found, folder, options, opened } of rows) {
    it(layout, async () => {
      make();
      const discovery = await search(folder?.(), options?.(), opened);
      assert.deepEqual(shown(discovery).sort(), [...found].sort());
    });
  }

  it('sets what the view shows of a development build and of a crate', async () => {
    const manifestPath = crate('runtime', 'a-runtime');
    built('target/rust-analyzer/debug', 'a-runtime');
    const { runtimes } = await search();
    const [runtime] = runtimes;
    assert.deepEqual(runtime?.build, { profile: 'debug', kind: 'development' });
    assert.equal(runtime?.isParachain, true);
    assert.equal(runtime?.manifestPath, manifestPath);
  });

  it('reads nothing of an unchanged blob or manifest again', async () => {
    crate('runtime', 'a-runtime');
    tree.write('target/wasm32v1-none/release/a_runtime.wasm', PARACHAIN);
    const { SearchCache } = await import('../../../../src/editor/discovery/search-cache.ts');
    const cache = new SearchCache();
    assert.deepEqual(shown(await search({}, { cache })), ['a-runtime wasm32v1-none/release']);
    assert.deepEqual(shown(await search({}, { cache })), ['a-runtime wasm32v1-none/release']);
    tree.write('target/wasm32v1-none/release/a_runtime.wasm', CONTRACT);
    assert.deepEqual(shown(await search({}, { cache })), []);
  });

  describe('in a workspace that is not trusted', () => {
    beforeEach(() => {
      crate('open', 'a-runtime', `${CUMULUS}y = { path = "../lib" }\n`);
      crate('lib', 'y-runtime');
      built('lib/target/release', 'y-runtime');
      tree.write('open/.cargo/config.toml', '[build]\ntarget-dir = "../outside"\n');
      built('outside/release', 'a-runtime');
      built('open/inside/release', 'a-runtime');
      built('linked/release', 'a-runtime');
      symlinkSync(tree.path('linked'), tree.path('open/target'));
    });

    it('files of the workspace lead to no folder outside, and the account says so', async () => {
      const { runtimes, searched } = await search({}, { isTrusted: false }, 'open');
      assert.deepEqual(runtimes, []);
      const states = searched.targets.map(({ path, state }) => [path.slice(tree.root.length), state]);
      assert.deepEqual(states, [
        ['/open/target', 'untrusted'],
        ['/outside', 'untrusted'],
      ]);
      assert.match(
        searchedLines(searched, []).join('\n'),
        /outside \(build\.target-dir in .*config\.toml\): not searched.*not trusted/,
      );
    });

    it("the user's own variables and settings still do", async () => {
      rmSync(tree.path('open/target'));
      const options = { isTrusted: false, env: { CARGO_TARGET_DIR: tree.path('outside') } };
      assert.deepEqual(shown(await search({ targetDirectories: [tree.path('linked')] }, options, 'open')), [
        'a-runtime release',
        'a-runtime release',
      ]);
    });
  });

  describe('without a runtime', () => {
    it('says what was searched, which crates are not built, and which setting helps', async () => {
      workspace('', ['runtimes/*']);
      const manifestPath = crate('runtimes/a', 'a-runtime', BUILDER);
      crate(
        'runtimes/sdk',
        'sdk-runtime',
        '\n[build-dependencies]\npolkadot-sdk = { workspace = true, features = ["substrate-wasm-builder"] }\n',
      );
      crate('runtimes/b', 'b-lib', '');
      tree.write('target/release/deps/x.d', '');
      const { unbuilt, searched } = await search({ targetDirectories: [tree.path('absent')] });
      assert.deepEqual(unbuilt, [
        { crateName: 'a-runtime', manifestPath },
        { crateName: 'sdk-runtime', manifestPath: tree.path('runtimes/sdk/Cargo.toml') },
      ]);
      assert.deepEqual(searched, {
        folders: [{ path: tree.root, manifests: 4, limits: [] }],
        targets: [
          { path: tree.path('target'), why: "Cargo's default", state: 'searched', runtimes: 0 },
          { path: tree.path('absent'), why: 'pvf.targetDirectories', state: 'absent', runtimes: 0 },
        ],
      });
      const text = searchedLines(searched, unbuilt).join('\n');
      assert.match(text, /found 0/);
      assert.match(text, /absent \(pvf\.targetDirectories\): does not exist/);
      assert.match(text, /cargo build --release -p a-runtime/);
      assert.match(text, /setting pvf\.targetDirectories/);
    });

    it('a crate with a blob of any profile is built', async () => {
      crate('runtimes/a', 'a-runtime', `${CUMULUS}${BUILDER}`);
      built('target/debug', 'a-runtime');
      assert.deepEqual((await search()).unbuilt, []);
    });
  });
});
