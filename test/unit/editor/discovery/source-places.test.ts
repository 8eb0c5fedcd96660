import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { TextPlace } from '../../../../src/editor/model.ts';
import { findSourcePlaces, type SourcePlaces } from '../../../../src/runtime/sources/source-places.ts';
import { useBuildTree } from './build-tree.ts';

/** The text at a place, as an editor would select it. */
function covered(place: TextPlace | undefined): string | undefined {
  if (!place) return undefined;
  const line = readFileSync(place.path, 'utf8').split(/\r?\n/)[place.line] ?? '';
  return line.slice(place.column, place.column + place.length);
}

const texts = (places: SourcePlaces) => [
  covered(places.registerValidateBlock),
  covered(places.constructRuntime),
  covered(places.buildScript),
];

describe('findSourcePlaces', () => {
  const tree = useBuildTree();
  const find = (lib: string) => {
    tree.write('src/lib.rs', lib);
    return findSourcePlaces(tree.crate('', 'a'));
  };

  it('finds the uses of the macros and the builder', async () => {
    tree.write(
      'build.rs',
      '#[cfg(feature = "std")]\nfn main() {\n  substrate_wasm_builder::WasmBuilder::build_using_defaults();\n}\n',
    );
    const places = await find(
      '// construct_runtime! is below\n/* register_validate_block! {} */\nfn f<\'a>() -> char { \'"\' }\nconst S: &str = "construct_runtime!";\n' +
        'construct_runtime!(\n  pub enum Runtime {}\n);\n\n  cumulus_pallet_parachain_system::register_validate_block! {\n  Runtime = Runtime,\n}\n',
    );
    assert.deepEqual(texts(places), [
      'cumulus_pallet_parachain_system::register_validate_block!',
      'construct_runtime!',
      'substrate_wasm_builder::WasmBuilder::build_using_defaults',
    ]);
    assert.deepEqual([places.constructRuntime?.line, places.registerValidateBlock?.line], [4, 8]);
    assert.equal(places.registerValidateBlock?.column, 2);
  });

  for (const attribute of [
    '#[runtime]',
    '#[frame_support::runtime]',
    '#[frame::runtime(legacy_ordering)]',
    '# [ runtime ]',
  ]) {
    it(`finds ${attribute}`, async () => {
      const places = await find(`#[runtime::runtime]\nmod x {}\n`.replace('#[runtime::runtime]', attribute));
      assert.equal(covered(places.constructRuntime), attribute);
    });
  }

  it('ignores the attributes inside a runtime', async () => {
    const places = await find('#[runtime::pallet_index(0)]\n#[runtime::derive(A)]\nuse frame_support::runtime;\n');
    assert.deepEqual(texts(places), [undefined, undefined, undefined]);
  });

  it('searches lib.rs first, then other files of src', async () => {
    tree.write('src/a.rs', 'construct_runtime! {}\nregister_validate_block! {}\n');
    const places = await find('mod a;\nconstruct_runtime! {}\n');
    assert.match(places.constructRuntime?.path ?? '', /lib\.rs$/);
    assert.match(places.registerValidateBlock?.path ?? '', /a\.rs$/);
  });

  it('finds nothing in truncated code or without sources', async () => {
    assert.deepEqual(await find('fn main() { "construct_runtime!'), {});
    assert.deepEqual(await findSourcePlaces(tree.path('nothing/Cargo.toml')), {});
  });

  it('returns the first line of a build script that calls another builder', async () => {
    tree.write('tools/build.rs', '// ours\nfn main() { ours::build() }\n');
    const manifest = tree.write('Cargo.toml', '[package]\nname = "a"\nbuild = "tools/build.rs"\n');
    const { buildScript } = await findSourcePlaces(manifest);
    assert.deepEqual(buildScript, { path: tree.path('tools/build.rs'), line: 0, column: 0, length: 7 });
  });

  it('is not slower for text that consists of quotes and slashes', async () => {
    const places = await find(`${'"\\'.repeat(100_000)}\n${'/*'.repeat(100_000)}`);
    assert.deepEqual(places, {});
  });
});
