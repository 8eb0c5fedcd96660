import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { PreparationRates } from '../../../src/check/rates.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

const MB = 1_000_000;

describe('PreparationRates', () => {
  const folder = useTempFolder();
  const rates = (name = 'cache') => new PreparationRates(folder.path(name));

  it('starts with about 1.9 s per MB of raw code', async () => {
    assert.equal(await rates().estimateMs('a', 10 * MB), 19_000);
    assert.equal(existsSync(folder.path('cache')), false, 'an estimate writes nothing');
  });

  it('takes the first measurement, then moves towards each later one', async () => {
    await rates().update('a', 2 * MB, 8000);
    assert.equal(await rates().estimateMs('a', MB), 4000);
    await rates().update('a', 2 * MB, 2000);
    assert.equal(await rates().estimateMs('a', MB), 2800);
    for (let n = 0; n < 20; n += 1) await rates().update('a', MB, 1000);
    assert.ok(Math.abs((await rates().estimateMs('a', MB)) - 1000) < 1);
  });

  it('has a rate per worker', async () => {
    await rates().update('a', MB, 5000);
    await rates().update('b', MB, 1000);
    assert.equal(await rates().estimateMs('a', MB), 5000);
    assert.equal(await rates().estimateMs('b', MB), 1000);
    assert.equal(await rates().estimateMs('c', MB), 1900);
  });

  it('ignores runtimes so small that fixed costs dominate', async () => {
    await rates().update('a', 199_999, 9999);
    assert.equal(await rates().estimateMs('a', MB), 1900);
  });

  it('stores the rates readable only for the user, and leaves no temporary file', async () => {
    await rates().update('a', MB, 5000);
    assert.deepEqual(readdirSync(folder.path('cache')), ['rates.json']);
    assert.equal(statSync(folder.path('cache/rates.json')).mode & 0o077, 0);
  });

  const damaged: Readonly<Record<string, string>> = {
    'is empty': '',
    'is cut short': '{"a": 0.0',
    'holds no object': '7',
    'holds a null': 'null',
    'has a text for a rate': '{"a": "fast"}',
    'has a negative rate': '{"a": -1}',
    'has a rate of 0': '{"a": 0}',
    'has a rate that is no number in JSON': '{"a": 1e999}',
  };
  for (const [how, content] of Object.entries(damaged)) {
    it(`starts again when its file ${how}`, async () => {
      folder.write('rates.json', content);
      const damagedRates = rates('.');
      assert.equal(await damagedRates.estimateMs('a', MB), 1900);
      await damagedRates.update('a', MB, 1000);
      assert.equal(await damagedRates.estimateMs('a', MB), 1000);
      assert.deepEqual(JSON.parse(readFileSync(folder.path('rates.json'), 'utf8')), { a: 0.001 });
    });
  }

  it('ignores a folder that can not be written', async () => {
    folder.write('file', '');
    await rates('file').update('a', MB, 1000);
    assert.equal(await rates('file').estimateMs('a', MB), 1900);
  });
});
