import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { SearchLoop } from '../../../../src/editor/discovery/search-loop.ts';

/** A loop whose searches take `ms` and record when they begin and end. */
function noted(ms = 20, debounceMs = 30) {
  const notes: string[] = [];
  let running = 0;
  let most = 0;
  const search = async () => {
    notes.push('begin');
    most = Math.max(most, ++running);
    await pause(ms);
    running--;
    notes.push('end');
  };
  const loop = new SearchLoop(search, debounceMs);
  return { loop, notes, most: () => most, searches: () => notes.filter((note) => note === 'begin').length };
}

describe('SearchLoop', () => {
  it('runs one search at a time and one more for all requests during it', async () => {
    const { loop, most, searches } = noted();
    const first = loop.now();
    await pause(5);
    await Promise.all([first, loop.now(), loop.now(), loop.now()]);
    assert.equal(most(), 1);
    assert.equal(searches(), 2);
  });

  it('starts a search after its request', async () => {
    const { loop, notes } = noted();
    void loop.now();
    await pause(5);
    notes.push('request');
    await loop.now();
    assert.deepEqual(notes, ['begin', 'request', 'end', 'begin', 'end']);
  });

  it('waits for further requests', async () => {
    const { loop, searches } = noted(1, 40);
    for (let round = 0; round < 5; round++) {
      loop.soon();
      await pause(5);
    }
    assert.equal(searches(), 0);
    await pause(150);
    assert.equal(searches(), 1);
  });

  it('limits the wait under continuous requests', async () => {
    const { loop, searches } = noted(1, 10);
    for (let round = 0; round < 60; round++) {
      loop.soon();
      await pause(4);
    }
    assert.ok(searches() >= 1);
    loop.stop();
  });

  it('starts no search after it is stopped', async () => {
    let reason: unknown;
    const loop = new SearchLoop(async (signal) => {
      await pause(1000, undefined, { signal }).catch((error: unknown) => {
        reason = error;
        throw error;
      });
    }, 10);
    const search = loop.now();
    await pause(5);
    loop.stop();
    await search;
    assert.ok(reason instanceof Error);
    loop.soon();
    await loop.now();
  });

  it('continues after a failed search', async () => {
    let count = 0;
    const loop = new SearchLoop(async () => {
      if (++count === 1) throw new Error('broken');
    }, 10);
    await loop.now();
    await loop.now();
    assert.equal(count, 2);
  });
});
