import assert from 'node:assert/strict';
import { firstCharacters, lastCharacters, truncate } from '../../../src/base/text.ts';

const crab = '\u{1f980}';

describe('cut texts', () => {
  it('keep as much as fits', () => {
    assert.equal(firstCharacters('abcdef', 3), 'abc');
    assert.equal(lastCharacters('abcdef', 3), 'def');
    for (const cut of [firstCharacters, lastCharacters]) {
      assert.equal(cut('abc', 3), 'abc');
      assert.equal(cut('abc', 9), 'abc');
      assert.equal(cut('abc', 0), '');
      assert.equal(cut('abc', -1), '');
    }
  });

  it('have no half of a surrogate pair', () => {
    assert.equal(firstCharacters(`ab${crab}c`, 3), 'ab');
    assert.equal(firstCharacters(`ab${crab}c`, 4), `ab${crab}`);
    assert.equal(lastCharacters(`a${crab}bc`, 3), 'bc');
    assert.equal(lastCharacters(`a${crab}bc`, 4), `${crab}bc`);
    assert.equal(truncate(`ab${crab}c`, 3), 'ab… (truncated, 5 characters)');
  });
});
