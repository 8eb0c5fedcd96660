import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { loadBudget } from '../../../src/limits/budget.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import { type Budget, measures } from '../../../src/model/measures.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

const full: Budget = Object.fromEntries(measures.map(({ budgetKey }, at) => [budgetKey, (at + 1) * 100]));

describe('loadBudget', () => {
  const folder = useTempFolder();
  const load = (content: string) => loadBudget(folder.write('budget.json', content));

  it('accepts any subset of the members', async () => {
    assert.deepEqual(await load(JSON.stringify(full)), full);
    assert.deepEqual(await load('{"rawBytes": 5}'), { rawBytes: 5 });
    assert.deepEqual(await load('{}'), {});
  });

  const invalid: Readonly<Record<string, readonly [content: string, cause: RegExp]>> = {
    'a misspelt member': [
      '{"storedbytes": 1}',
      /unknown member storedbytes; the known members are storedBytes, rawBytes/,
    ],
    'a member that sets the prototype': [
      '{"__proto__": {"storedBytes": 1}}',
      /unknown member __proto__; the known members are stored/,
    ],
    'a member of every object': ['{"toString": 1}', /unknown member toString; the known members are storedBytes/],
    'a limit of 0': ['{"cpuTimeMs": 0}', /cpuTimeMs must be a whole number of at least 1/],
    'a negative limit': ['{"cpuTimeMs": -1}', /at least 1/],
    'half a byte': ['{"rawBytes": 1.5}', /whole number/],
    'a number as text': ['{"rawBytes": "5"}', /whole number/],
    'a number beyond 2^53': ['{"rawBytes": 1e300}', /whole number/],
    'a null': ['{"rawBytes": null}', /whole number/],
    'an array': ['[]', /must be a JSON object/],
    'a null instead of an object': ['null', /must be a JSON object/],
    'invalid JSON': ['{', /is not JSON/],
    'an empty file': ['', /is not JSON/],
  };

  for (const [name, [content, cause]] of Object.entries(invalid)) {
    it(`rejects ${name} and names it`, async () => {
      const path = folder.write('budget.json', content);
      await assert.rejects(loadBudget(path), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.ok(error.message.startsWith(`${path}: `), error.message);
        assert.match(error.message, cause);
        return true;
      });
    });
  }

  it('rejects a missing file and a folder', async () => {
    await assert.rejects(loadBudget(folder.path('none.json')), /the budget can't be read: the file does not exist\./);
    await assert.rejects(loadBudget(folder.path('.')), /the budget can't be read: it is a folder\./);
  });

  it('rejects a pipe and a device at once', async function () {
    if (process.platform === 'win32') this.skip();
    const pipe = folder.path('pipe');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(loadBudget(pipe), /pipe: the budget can't be read: it is a pipe \(FIFO\)\./);
    await assert.rejects(loadBudget('/dev/zero'), /zero: the budget can't be read: it is a device\./);
  });

  it('rejects a file that is too large, without reading it', async () => {
    const path = folder.write('budget.json', '{}');
    truncateSync(path, 2 ** 40);
    await assert.rejects(loadBudget(path), /the budget can't be read: it has .*, more than 64\.00 MiB\./);
  });
});
