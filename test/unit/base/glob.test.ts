import assert from 'node:assert/strict';
import { globRegExp, hasWildcards } from '../../../src/base/glob.ts';

describe('globRegExp', () => {
  const rows: readonly (readonly [glob: string, matching: readonly string[], others: readonly string[]])[] = [
    ['*', ['a', '.a', ''], ['a/b']],
    ['*-runtime', ['a-runtime'], ['a-runtime-x', 'a/b-runtime']],
    ['a?c', ['abc'], ['ac', 'a/c']],
    ['**/x', ['x', 'a/x', 'a/b/x'], ['ax', 'x/a']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
    ['a{,/**}', ['a', 'a/b/c'], ['ab']],
    ['{one,two/*}/end', ['one/end', 'two/x/end'], ['two/end']],
    ['[a-c]x[!0-9]', ['bxz'], ['dxz', 'ax1']],
    ['a.b+(c)$', ['a.b+(c)$'], ['aXb+(c)$']],
    ['a,b}', ['a,b}'], ['a']],
    ['[z-a]', ['[z-a]'], ['z']],
    ['[', ['['], ['x']],
    ['{a', ['a'], ['{a']],
  ];
  for (const [glob, matching, others] of rows) {
    it(`${glob} matches whole paths`, () => {
      const pattern = globRegExp(glob);
      for (const path of matching) assert.match(path, pattern);
      for (const path of others) assert.doesNotMatch(path, pattern);
    });
  }
});

describe('hasWildcards', () => {
  it('recognizes globs', () => {
    assert.deepEqual(['a/b', 'a*', 'a?', '[a]', '{a,b}'].map(hasWildcards), [false, true, true, true, true]);
  });
});
