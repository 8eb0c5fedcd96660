import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeCosts, encodeCosts, InvalidCosts } from '../../../../src/worker/built-in/costs-file.ts';
import { engineCosts } from '../../../support/engine-costs.ts';

const HEAD_BYTES = 24;

describe('decodeCosts', () => {
  it('returns what the engine measured', () => {
    const costs = decodeCosts(encodeCosts(12.5, engineCosts(3, [1_500, 7], [2 ** 33, 0], [0, 0])));
    assert.deepEqual(costs, {
      imports: 3,
      micros: Float64Array.of(1.5, 2 ** 33 / 1000, 0),
      machineCodeBytes: Uint32Array.of(7, 0, 0),
      engineCpuMs: 12.5,
    });
  });

  it('accepts a module without functions', () => {
    assert.equal(decodeCosts(encodeCosts(0, engineCosts(0))).micros.length, 0);
  });

  const good = encodeCosts(1, engineCosts(1, [1000, 10]));
  const changed = (change: (view: DataView) => void) => {
    const bytes = Uint8Array.from(good);
    change(new DataView(bytes.buffer));
    return bytes;
  };
  const bad: Readonly<Record<string, Uint8Array>> = {
    'an empty file': new Uint8Array(),
    'another format': changed((view) => view.setUint8(7, 0x32)),
    'a head alone': good.subarray(0, HEAD_BYTES),
    'a truncated file': good.subarray(0, -1),
    'a longer file': Buffer.concat([good, Buffer.of(0)]),
    'more functions than a module may have': changed((view) => view.setUint32(20, 0xffffffff, true)),
    'more imports than a module may have': changed((view) => view.setUint32(16, 0xffffffff, true)),
    'a CPU time that is no number': changed((view) => view.setFloat64(8, Number.NaN, true)),
    'a negative CPU time': changed((view) => view.setFloat64(8, -1, true)),
    'a function that took years': changed((view) => view.setUint32(HEAD_BYTES + 4, 0xffffffff, true)),
  };
  for (const [what, bytes] of Object.entries(bad)) {
    it(`rejects ${what}`, () => assert.throws(() => decodeCosts(bytes), InvalidCosts));
  }

  it('throws nothing else, whatever the bytes are', () => {
    const head = fc.constantFrom(good.subarray(0, 8), good.subarray(0, 20), new Uint8Array());
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 64 }), (start, rest) => {
        try {
          decodeCosts(Buffer.concat([start, rest]));
        } catch (error) {
          assert(error instanceof InvalidCosts);
        }
      }),
    );
  });
});
