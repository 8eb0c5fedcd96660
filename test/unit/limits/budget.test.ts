import assert from 'node:assert/strict';
import { type Budget, budgetItems, loadBudget } from '../../../src/limits/budget.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import type { RuntimeSummary, Stats } from '../../../src/model/report.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

const members = ['storedBytes', 'rawBytes', 'artifactBytes', 'cpuTimeMs', 'peakTrackedAlloc'] as const;
const full: Required<Budget> = {
  storedBytes: 100,
  rawBytes: 200,
  artifactBytes: 300,
  cpuTimeMs: 400,
  peakTrackedAlloc: 500,
};
const runtime: RuntimeSummary = { path: 'a.wasm', container: 'wasm', storedBytes: 10, rawBytes: 20, codeHash: '0x00' };
const stats: Stats = {
  wallTimeMs: 1,
  spawnMs: 0,
  cpuTimeMs: 40,
  artifactBytes: 30,
  memory: { peakTrackedAlloc: 50 },
};

describe('a budget file', () => {
  const folder = useTempFolder();
  const load = (content: string) => loadBudget(folder.write('budget.json', content));

  it('may have any of the members', async () => {
    assert.deepEqual(await load(JSON.stringify(full)), full);
    assert.deepEqual(await load('{"rawBytes": 5}'), { rawBytes: 5 });
    assert.deepEqual(await load('{}'), {});
  });

  const refused: Readonly<Record<string, readonly [content: string, cause: RegExp]>> = {
    'a misspelt member': ['{"storedbytes": 1}', /unknown member storedbytes; known are storedBytes, rawBytes/],
    'a member that sets the prototype': [
      '{"__proto__": {"storedBytes": 1}}',
      /unknown member __proto__; known are stored/,
    ],
    'a member of every object': ['{"toString": 1}', /unknown member toString; known are storedBytes/],
    'a limit of 0': ['{"cpuTimeMs": 0}', /cpuTimeMs must be a whole number of at least 1/],
    'a negative limit': ['{"cpuTimeMs": -1}', /at least 1/],
    'half a byte': ['{"rawBytes": 1.5}', /whole number/],
    'a number as text': ['{"rawBytes": "5"}', /whole number/],
    'a number that is not exact': ['{"rawBytes": 1e300}', /whole number/],
    'a null': ['{"rawBytes": null}', /whole number/],
    'an array': ['[]', /must be a JSON object/],
    'a null instead of an object': ['null', /must be a JSON object/],
    'no JSON': ['{', /is not JSON/],
    'an empty file': ['', /is not JSON/],
  };

  for (const [name, [content, cause]] of Object.entries(refused)) {
    it(`is refused with ${name}, and the message names it`, async () => {
      const path = folder.write('budget.json', content);
      await assert.rejects(loadBudget(path), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.ok(error.message.startsWith(`${path}: `), error.message);
        assert.match(error.message, cause);
        return true;
      });
    });
  }

  it('is refused when it is not there or a folder', async () => {
    await assert.rejects(loadBudget(folder.path('none.json')), /the budget can't be read: there is no such file\./);
    await assert.rejects(loadBudget(folder.path('.')), { name: 'ConfigError' });
  });
});

describe('the items of a budget', () => {
  it('compare each member with what was used', () => {
    assert.deepEqual(
      budgetItems(full, runtime, stats).map(({ id, used, limit }) => [id, used, limit]),
      [
        ['stored-bytes-budget', 10, 100],
        ['raw-bytes-budget', 20, 200],
        ['artifact-bytes-budget', 30, 300],
        ['cpu-time-budget', 40, 400],
        ['memory-budget', 50, 500],
      ],
    );
  });

  it('are left out where nothing is known of the use', () => {
    const { rawBytes: _, ...packed } = runtime;
    assert.deepEqual(
      budgetItems(full, packed, undefined).map(({ id }) => id),
      ['stored-bytes-budget'],
    );
    assert.deepEqual(
      budgetItems(full, runtime, { wallTimeMs: 1, spawnMs: 0 }).map(({ id }) => id),
      ['stored-bytes-budget', 'raw-bytes-budget'],
    );
  });

  for (const member of members) {
    it(`are made for ${member} alone`, () => {
      const items = budgetItems({ [member]: 1 }, runtime, stats);
      assert.equal(items.length, 1);
      assert.equal(items[0]?.level, 'over');
    });
  }
});
