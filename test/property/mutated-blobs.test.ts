/** Part of `npm run fuzz`, which has more cases and says more: see scripts/fuzz/. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { fuzz } from '../../scripts/fuzz/fuzz.ts';

const CASES = 2000;
/** On a busy machine; alone, the slowest take half a second. */
const LIMIT_MS = 30_000;
const MAX_RSS = 1.5e9;

describe('mutated blobs', () => {
  it(`neither crash nor hang readers, rules and formats, and what must hold holds (${CASES} blobs)`, async function () {
    this.timeout(15 * 60_000);
    const corpus = process.env['PVF_CORPUS'] ?? path.join(import.meta.dirname, '../../../shared/corpus');
    const end = await fuzz({ seed: 1, first: 1, count: CASES, threads: 2, limitMs: LIMIT_MS, corpus });
    const messages = end.failures.map(({ number, message }) => `case ${number}: ${message}`);
    assert.deepEqual(messages, [], '`npm run fuzz -- 1 --seed 1 --from <case>` repeats a case');
    assert.equal(end.done, CASES);
    // Else the cases test little but the first errors of the readers.
    assert(end.withSizes > CASES / 10, `${end.withSizes} of ${CASES} have sizes`);
    assert(end.rss < MAX_RSS, `${end.rss} bytes of memory`);
  });
});
