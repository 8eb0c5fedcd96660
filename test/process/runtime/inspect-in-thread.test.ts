import assert from 'node:assert/strict';
import { concat } from '../../../src/base/bytes.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { InspectThreadError, inspectInThread } from '../../../src/runtime/inspect-in-thread.ts';
import type { FunctionCosts } from '../../../src/wasm/function-costs.ts';
import { compressed, TINY_MODULE, zstdFrame } from '../../unit/runtime/samples.ts';

const LIMIT = 1024 * 1024;
const wrapped = (bytes: Uint8Array) => compressed(zstdFrame([{ kind: 'raw', body: bytes }]));

import { plainPvf } from '../../support/plain-pvf.ts';

describe('inspectInThread', () => {
  it('returns the same facts and keeps the bytes of the caller', async () => {
    const stored = wrapped(TINY_MODULE);
    const before = stored.slice();
    assert.deepEqual(await inspectInThread(stored, LIMIT), await inspect(stored, LIMIT));
    assert.deepEqual(stored, before);
  });

  it('accepts a view of a larger buffer', async () => {
    const larger = concat(Uint8Array.of(1, 2), TINY_MODULE, Uint8Array.of(3));
    const view = larger.subarray(2, 2 + TINY_MODULE.length);
    assert.deepEqual(await inspectInThread(view, LIMIT), await inspect(TINY_MODULE, LIMIT));
  });

  it("rejects with the signal's reason, before and during the run", async () => {
    const reason = new Error('enough');
    await assert.rejects(inspectInThread(TINY_MODULE, LIMIT, { signal: AbortSignal.abort(reason) }), reason);
    const stop = new AbortController();
    const running = inspectInThread(TINY_MODULE, LIMIT, { signal: stop.signal });
    stop.abort(reason);
    await assert.rejects(running, reason);
  });

  it('rejects with a typed error when the thread itself fails', async () => {
    // A defect of the caller: these are no costs.
    const costs = { imports: 0, micros: null } as unknown as FunctionCosts;
    const failing = inspectInThread(plainPvf, LIMIT, { sizes: { depth: 'functions' }, costs });
    await assert.rejects(failing, InspectThreadError);
  });
});
