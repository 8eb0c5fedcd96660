import assert from 'node:assert/strict';
import { lastChoice, rememberChoice } from '../../../../src/editor/core/code-choices.ts';

const genesis = {};
const substitute = { block: '1161532' };
const codes = [genesis, substitute];

function memento(saved = new Map<string, unknown>()) {
  return {
    get: (key: string) => saved.get(key),
    update: async (key: string, value: unknown) => void saved.set(key, value),
  };
}

describe('the choice of a code in a chain spec', () => {
  it('is remembered for each file', async () => {
    const store = memento();
    await rememberChoice(store, '/a.json', substitute);
    await rememberChoice(store, '/b.json', genesis);
    assert.equal(lastChoice(store, '/a.json', codes), substitute);
    assert.equal(lastChoice(store, '/b.json', codes), genesis);
    assert.equal(lastChoice(store, '/c.json', codes), undefined);
    await rememberChoice(store, '/a.json', genesis);
    assert.equal(lastChoice(store, '/a.json', codes), genesis);
  });

  it('is forgotten when the file no longer has the code', async () => {
    const store = memento();
    await rememberChoice(store, '/a.json', substitute);
    assert.equal(lastChoice(store, '/a.json', [genesis, { block: '7' }]), undefined);
  });

  it('keeps a limited number of files', async () => {
    const store = memento();
    for (let index = 0; index <= 50; index += 1) await rememberChoice(store, `/${index}.json`, genesis);
    assert.equal(lastChoice(store, '/0.json', codes), undefined);
    assert.equal(lastChoice(store, '/1.json', codes), genesis);
  });

  for (const value of [undefined, null, 3, 'x', {}, [3, ['/a.json']], [['/a.json', 3]]]) {
    it(`ignores ${JSON.stringify(value)} in the store`, () => {
      const found = lastChoice(memento(new Map([['pvf.chainSpecCodes', value]])), '/a.json', [substitute]);
      assert.equal(found, undefined);
    });
  }
});
