import assert from 'node:assert/strict';
import { familyOfCrate } from '../../../src/webview/sizes/families.ts';
import { describe as describePart } from '../../../src/webview/sizes/labels.ts';
import { lineageOf, measuresIn, treeOfOwners, treeOfSections } from '../../../src/webview/sizes/parts.ts';
import { search } from '../../../src/webview/sizes/search.ts';
import { parseState, partAt } from '../../../src/webview/sizes/state.ts';
import { shownName } from '../../../src/webview/text.ts';
import { hostileNames, sampleSizes } from '../../support/sample-views.ts';

const sizes = sampleSizes({ functions: 2000, hasCosts: true });
const tree = treeOfSections(sizes);

describe('the parts of the sizes', () => {
  it('have the measures of the data', () => {
    assert.deepEqual(measuresIn(tree), ['bytes', 'compileTimeMs', 'machineCodeBytes']);
    assert.deepEqual(measuresIn(treeOfSections(sampleSizes({ functions: 50 }))), ['bytes']);
  });

  it('are named with kind, size and share', () => {
    const part = tree.all.find(({ name }) => name === 'pallet_xcm');
    assert.ok(part);
    assert.match(
      describePart(part, 'bytes', tree),
      /^crate pallet_xcm, [\d.]+ [KM]iB, [\d.]+ % of the code, [\d ]+ functions$/,
    );
    assert.match(describePart(part, 'compileTimeMs', tree), /, [\d.]+ m?s, [\d.]+ % of the compile time, /);
    assert.match(describePart(tree.root, 'bytes', tree), /, 100\.0 % of the file, /);
    const inside = part.children.at(-1);
    assert.ok(inside);
    assert.match(describePart(inside, 'bytes', tree), / in pallet_xcm, /);
  });

  it('have the colour of where they come from', () => {
    const owners = new Map([['my_runtime', 'crate'] as const, ['odd_name', 'pallet'] as const]);
    const families = [
      'my_runtime',
      'odd_name',
      'pallet_xcm',
      'cumulus_pallet_xcmp_queue',
      'frame_support',
      'sp_io',
      'core',
      'serde',
    ];
    assert.deepEqual(
      families.map((name) => familyOfCrate(name, owners)),
      ['own', 'pallet', 'pallet', 'pallet', 'substrate', 'substrate', 'rust', 'other'],
    );
  });

  it('by owner sum up to the code', () => {
    const { root } = treeOfOwners(sizes);
    assert.equal(root.values.bytes, sizes.codeBytes);
    assert.equal(
      root.children.reduce((sum, { values }) => sum + values.bytes, 0),
      sizes.codeBytes,
    );
  });
});

describe('search in sizes', () => {
  it('finds all words in any case, the largest first', () => {
    const found = search(tree, ' XCM  pallet ', 'bytes');
    assert.ok(found);
    assert.deepEqual(found.matches.map(({ name }) => name).sort(), ['cumulus_pallet_xcmp_queue', 'pallet_xcm']);
    const [first, second] = found.matches;
    assert.ok(first && second && first.values.bytes >= second.values.bytes);
    assert.equal(found.total, first.values.bytes + second.values.bytes);
  });

  it('counts a match inside of a match once', () => {
    const found = search(tree, 'pallet', 'bytes');
    const outer = found?.matches.filter(
      (part) =>
        !lineageOf(part)
          .slice(0, -1)
          .some((around) => around.name.includes('pallet')),
    );
    assert.equal(
      found?.total,
      outer?.reduce((sum, { values }) => sum + values.bytes, 0),
    );
    assert.ok((outer?.length ?? 0) < (found?.matches.length ?? 0));
  });

  it('tells what is near a match', () => {
    const found = search(tree, 'pallet_xcm', 'bytes');
    const [match] = found?.matches ?? [];
    assert.ok(found && match?.parent && match.children[0]);
    assert.ok(found.isNear(match.parent) && found.isNear(match.children[0]) && !found.isMatch(match.parent));
    assert.equal(tree.root.children.filter((part) => found.isNear(part)).length, 1);
  });

  it('finds nothing for an empty query, and takes any characters', () => {
    assert.equal(search(tree, '  ', 'bytes'), undefined);
    assert.deepEqual(search(tree, '.*[(\\', 'bytes')?.matches, []);
  });
});

describe('the state of the sizes view', () => {
  it('is the initial one for anything unknown', () => {
    for (const saved of [undefined, null, 7, {}, { tab: 'x', measure: 'toString', path: [1], query: 3, display: {} }]) {
      assert.deepEqual(parseState(saved), { tab: 'sections', display: 'map', measure: 'bytes', query: '', path: [] });
    }
  });

  it('leads to the part of the path, or to the last one that still exists', () => {
    assert.equal(partAt(tree, ['code', 'pallet_xcm']).name, 'pallet_xcm');
    assert.equal(partAt(tree, ['code', 'gone', 'pallet']).name, 'code');
    assert.equal(partAt(tree, []), tree.root);
  });
});

describe('shownName', () => {
  for (const name of hostileNames) {
    it(`is one short visible line for ${JSON.stringify(name.slice(0, 20))}`, () => {
      const shown = shownName(name);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      assert.ok(shown.length < 1000);
    });
  }
});
