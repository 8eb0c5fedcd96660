import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { findItem } from '../../../../../src/editor/discovery/sources/find-item.ts';
import { parseItemPath } from '../../../../../src/editor/discovery/sources/item-path.ts';

const files = {
  'Cargo.toml': '[package]\nname = "pallet-x"\n',
  'src/lib.rs': [
    '// fn do_thing is only mentioned here',
    'pub mod weights;',
    '#[path = "odd/place.rs"]',
    'mod moved;',
    'mod other { pub fn twice() {} }',
    '#[frame_support::pallet]',
    'pub mod pallet {',
    '  pub struct Pallet<T>(T);',
    '  impl<T> Pallet<T> {',
    '    pub fn do_thing() { let s = "fn twice"; }',
    '    pub(crate) fn twice() {}',
    '  }',
    '}',
  ].join('\n'),
  'src/weights.rs': 'pub trait WeightInfo {}\n',
  'src/odd/place.rs': 'pub async fn far() {}\n',
  'src/deep/mod.rs': 'mod inner;\n',
  'src/deep/inner.rs': 'impl crate::Pallet { fn\n  split_over_lines() {} fn helper() {} }\n',
};

describe('findItem', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pvf-items-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const placeOf = async (symbol: string) => {
    const item = parseItemPath(symbol);
    const place = item && (await findItem(folder, item));
    if (place === undefined) return undefined;
    const line = readFileSync(place.path, 'utf8').split('\n')[place.line] ?? '';
    const text = line.slice(place.column, place.column + place.length);
    return [relative(folder, place.path), place.line, text, place.isExact];
  };

  const cases = [
    ['pallet_x', 'src/lib.rs', 0, '', true],
    ['pallet_x::pallet::Pallet<T>::do_thing', 'src/lib.rs', 9, 'fn do_thing', true],
    ['pallet_x::pallet::Pallet<T>::twice', 'src/lib.rs', 10, 'fn twice', true],
    ['pallet_x::other::twice', 'src/lib.rs', 4, 'fn twice', true],
    ['pallet_x::weights::WeightInfo', 'src/weights.rs', 0, 'trait WeightInfo', true],
    ['pallet_x::moved::far', 'src/odd/place.rs', 0, 'fn far', true],
    ['pallet_x::deep::inner::helper', 'src/deep/inner.rs', 1, 'fn helper', true],
    // An `impl` may be in another file than its type.
    ['pallet_x::pallet::Pallet<T>::helper', 'src/deep/inner.rs', 1, 'fn helper', true],
    // A macro made the function.
    ['<pallet_x::pallet::Pallet<T> as Hooks>::on_idle', 'src/lib.rs', 7, 'struct Pallet', false],
    ['pallet_x::weights::made_by_macro', 'src/weights.rs', 0, '', false],
  ] as const;
  for (const [symbol, ...expected] of cases) {
    it(`finds ${symbol}`, async () => assert.deepEqual(await placeOf(symbol), expected));
  }

  it('finds nothing in a folder without a crate', async () => {
    assert.equal(await findItem(join(folder, 'src/deep'), { path: [], item: 'helper' }), undefined);
  });

  it('does not take a name for a pattern', async () => {
    const place = await findItem(folder, { path: ['.*'], item: '.*' });
    assert.equal(place?.isExact, false);
  });
});
