/** Damaged metadata never makes the reader crash, hang or take more memory than it has bytes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { metadataChanges } from '../../src/model/metadata-changes.ts';
import { typeText } from '../../src/model/type-text.ts';
import { decodeMetadata } from '../../src/runtime/metadata/decode.ts';
import { metadataHash } from '../../src/runtime/metadata/metadata-hash.ts';
import { exampleMetadata } from '../support/metadata-bytes.ts';

const token = { symbol: 'UNIT', decimals: 12 };
const runs = Number(process.env['PVF_PROPERTY_RUNS'] ?? 300);

describe('damaged metadata', () => {
  let versions: readonly Uint8Array[] = [];
  before(async function () {
    this.timeout(60_000);
    versions = await exampleMetadata();
  });

  it('gives metadata that every reader can use, or a reason', function () {
    this.timeout(300_000);
    let readable = 0;
    const change = fc.record({ at: fc.nat(999_999), byte: fc.nat(255) });
    const property = fc.property(fc.nat(2), fc.array(change, { minLength: 1, maxLength: 4 }), (at, changes) => {
      const original = versions[at] ?? new Uint8Array();
      const mutated = original.slice();
      for (const { at: share, byte } of changes)
        mutated[5 + Math.floor((share / 1_000_000) * (mutated.length - 5))] = byte;
      const decoded = decodeMetadata(mutated);
      if (decoded.kind !== 'ok') {
        assert(decoded.kind === 'damaged');
        assert.match(decoded.reason, /\S/);
        return;
      }
      readable += 1;
      const { metadata } = decoded;
      const before = decodeMetadata(original);
      if (before.kind === 'ok') metadataChanges(before.metadata, metadata);
      metadata.types.forEach((_, id) => {
        assert.ok(typeText(metadata.types, id).length <= 200);
      });
      metadataHash(mutated, metadata, token);
    });
    fc.assert(property, { numRuns: runs });
    // Most bytes are names and docs.
    assert.ok(readable > runs / 10, `${readable} of ${runs} were readable`);
  });
});
