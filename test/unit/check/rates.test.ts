import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { PreparationRates } from '../../../src/check/rates.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

const MB = 1_000_000;

describe('the learnt rate of preparation', () => {
  const folder = useTempFolder();
  const rates = (name = 'cache') => new PreparationRates(folder.path(name));

  it('is about 1.9 s per MB of raw code at first', async () => {
    assert.equal(await rates().estimateMs('a', 10 * MB), 19_000);
    assert.equal(existsSync(folder.path('cache')), false, 'an estimate writes nothing');
  });

  it('is what was measured the first time, then moves towards each measurement', async () => {
    await rates().learn('a', 2 * MB, 8000);
    assert.equal(await rates().estimateMs('a', MB), 4000);
    await rates().learn('a', 2 * MB, 2000);
    assert.equal(await rates().estimateMs('a', MB), 2800);
    for (let n = 0; n < 20; n += 1) await rates().learn('a', MB, 1000);
    assert.ok(Math.abs((await rates().estimateMs('a', MB)) - 1000) < 1);
  });

  it('is kept for each worker of its own', async () => {
    await rates().learn('a', MB, 5000);
    await rates().learn('b', MB, 1000);
    assert.equal(await rates().estimateMs('a', MB), 5000);
    assert.equal(await rates().estimateMs('b', MB), 1000);
    assert.equal(await rates().estimateMs('c', MB), 1900);
  });

  it('learns nothing from a runtime so small that the fixed costs hide the rate', async () => {
    await rates().learn('a', 199_999, 9999);
    assert.equal(await rates().estimateMs('a', MB), 1900);
  });

  it('is kept where only the user can read it, with no temporary file left', async () => {
    await rates().learn('a', MB, 5000);
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
    it(`starts anew when its file ${how}`, async () => {
      folder.write('rates.json', content);
      const damagedRates = rates('.');
      assert.equal(await damagedRates.estimateMs('a', MB), 1900);
      await damagedRates.learn('a', MB, 1000);
      assert.equal(await damagedRates.estimateMs('a', MB), 1000);
      assert.deepEqual(JSON.parse(readFileSync(folder.path('rates.json'), 'utf8')), { a: 0.001 });
    });
  }

  it('is no loss where it cannot be kept', async () => {
    folder.write('file', '');
    await rates('file').learn('a', MB, 1000);
    assert.equal(await rates('file').estimateMs('a', MB), 1900);
  });
});
