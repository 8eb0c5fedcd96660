import assert from 'node:assert/strict';
import { concat } from '../../../../src/base/bytes.ts';
import { decodeMetadata, withoutLength } from '../../../../src/runtime/metadata/decode.ts';
import { exampleMetadata } from '../../../support/metadata-bytes.ts';
import { compact } from '../../../support/metadata-runtime.ts';

const magic = Uint8Array.of(0x6d, 0x65, 0x74, 0x61);

describe('decodeMetadata', () => {
  let versions: readonly Uint8Array[] = [];
  before(async function () {
    this.timeout(60_000);
    versions = await exampleMetadata();
  });

  it('gives the same pallets and extensions in versions 14, 15 and 16', () => {
    const [v14, v15, v16] = versions.map((bytes) => {
      const decoded = decodeMetadata(bytes);
      assert(decoded.kind === 'ok');
      const { version, pallets, extensions, types } = decoded.metadata;
      const shape = pallets.map(({ name, index, calls, storage, events, errors, constants }) => ({
        ...{ name, index, calls: calls.map((call) => call.name), errors: errors.map((error) => error.name) },
        ...{ events: events.map((event) => event.name), constants: constants.map((constant) => constant.name) },
        storage: storage.map((item) => [item.name, item.modifier, item.hashers]),
      }));
      return { version, types, shape, extensions: extensions.map(({ identifier }) => identifier) };
    });
    assert.deepEqual([v14?.version, v15?.version, v16?.version], [14, 15, 16]);
    assert.deepEqual(v14?.shape, v16?.shape);
    assert.deepEqual(v15?.shape, v16?.shape);
    assert.deepEqual(v14?.extensions, v16?.extensions);
    assert.ok(v16?.shape.some(({ name, calls }) => name === 'System' && calls.includes('remark')));
    assert.ok(v16?.shape.some(({ storage }) => storage.some(([name]) => name === 'Account')));
  });

  it('describes the runtime APIs from version 15 on, and their versions in version 16', () => {
    const cores = versions.map((bytes) => {
      const decoded = decodeMetadata(bytes);
      return decoded.kind === 'ok' ? decoded.metadata.apis.find(({ name }) => name === 'Core') : undefined;
    });
    assert.equal(cores[0], undefined);
    assert.ok(cores[1]?.methods.some(({ name }) => name === 'version'));
    assert.equal(cores[2]?.version, 5);
  });

  it('rejects metadata that is cut off anywhere', () => {
    for (const bytes of versions) {
      for (let length = 0; length < bytes.length; length += 97) {
        assert.equal(decodeMetadata(bytes.subarray(0, length)).kind, 'damaged', `${length} bytes`);
      }
    }
  });

  it('rejects trailing bytes, another magic number and unknown versions', () => {
    const [v14 = magic] = versions;
    assert.match(reason(concat(v14, Uint8Array.of(0))), /trailing/);
    assert.match(reason(Uint8Array.of(1, 2, 3, 4, 14)), /magic/);
    assert.match(reason(concat(magic, Uint8Array.of(17))), /version 17/);
  });

  it('names versions below 14', () => {
    assert.deepEqual(decodeMetadata(concat(magic, Uint8Array.of(12, 1, 2, 3))), { kind: 'ancient', version: 12 });
  });

  it('rejects references to types that are missing', () => {
    // One type, a list of type 1.
    const types = concat(
      compact(1),
      compact(0),
      ...[0, 0, 2].map((byte) => Uint8Array.of(byte)),
      compact(1),
      compact(0),
    );
    assert.match(reason(concat(magic, Uint8Array.of(14), types)), /type 1 is missing/);
  });

  it('does not believe counts that the bytes cannot hold', () => {
    assert.match(reason(concat(magic, Uint8Array.of(15), compact(2 ** 29))), /unexpected end/);
  });

  function reason(bytes: Uint8Array): string {
    const decoded = decodeMetadata(bytes);
    assert(decoded.kind === 'damaged');
    return decoded.reason;
  }
});

describe('withoutLength', () => {
  it('takes the length off, in one, two or four bytes', () => {
    for (const length of [5, 200, 20_000]) {
      const metadata = new Uint8Array(length).fill(7);
      assert.deepEqual(withoutLength(concat(compact(length), metadata)), metadata);
    }
  });

  it('rejects a wrong length', () => {
    assert.equal(withoutLength(Uint8Array.of(compact(3)[0] ?? 0, 1, 2)), undefined);
    assert.equal(withoutLength(concat(compact(1), Uint8Array.of(1, 2))), undefined);
    assert.equal(withoutLength(new Uint8Array()), undefined);
    assert.equal(withoutLength(Uint8Array.of(3, 255, 255, 255, 255, 255, 255)), undefined);
  });
});
