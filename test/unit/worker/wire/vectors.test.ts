import assert from 'node:assert/strict';
import { toHex } from '../../../../src/base/bytes.ts';
import { blake2b256, twox256Factory } from '../../../../src/base/hash.ts';
import { executorParam, executorParams, prepHash } from '../../../../src/polkadot/executor-params.ts';
import { display, isDeterministic } from '../../../../src/polkadot/prepare-error.ts';
import { decode } from '../../../../src/polkadot/scale.ts';
import { encodeFrame, FrameReader } from '../../../../src/worker/wire/frame.ts';
import { type SecurityStatus, workerHandshake } from '../../../../src/worker/wire/handshake.ts';
import { pvfPrepData } from '../../../../src/worker/wire/request.ts';
import type { PrepareWorkerResult } from '../../../../src/worker/wire/response.ts';
import { decodeResponse, encodeRequest, responseCodec, revision } from '../../../../src/worker/wire/revision.ts';
import {
  type ErrorValue,
  errorOf,
  type OkValue,
  type ParamValue,
  paramOf,
  type RequestValue,
  requestOf,
  successOf,
  type Vector,
  vector,
  vectorNames,
  vectorsOf,
} from './protocol-vectors.ts';

type AnyCodec<T> = Parameters<typeof decode<T>>[0];

const today = revision('26.0.0');

/** Checks encoding and decoding of each vector. */
function bothWays<Value, T>(codec: AnyCodec<T>, vectors: readonly Vector<Value>[], toValue: (value: Value) => T): void {
  for (const { name, value, bytes } of vectors) {
    it(name, () => {
      assert.equal(toHex(codec.enc(toValue(value))), toHex(bytes));
      assert.deepEqual(decode(codec, bytes, name), { value: toValue(value), consumed: bytes.length });
    });
  }
}

describe('protocol vectors', () => {
  it('are all covered by these tests', () => {
    const prefixes = ['handshake/', 'frame/', 'param/', 'params/', 'params-hash/', 'params-prep-hash/', 'prep/'];
    const others = ['prep-old/', 'code-hash/', 'checksum/', 'result/ok/', 'result/err/'];
    const left = vectorNames.filter((name) => ![...prefixes, ...others].some((prefix) => name.startsWith(prefix)));
    assert.deepEqual(left, []);
    assert.equal(vectorNames.length, 128);
  });

  describe('handshake', () => {
    bothWays(
      workerHandshake,
      vectorsOf<{ securityStatus: SecurityStatus }>('handshake/'),
      ({ securityStatus }) => securityStatus,
    );
  });

  describe('frame', () => {
    for (const { name, bytes } of vectorsOf('frame/')) {
      it(name, () => {
        const { bytes: payload } = vector(name.slice('frame/'.length));
        assert.equal(toHex(encodeFrame(payload)), toHex(bytes));
        assert.deepEqual(new FrameReader(payload.length).push(bytes), [payload]);
      });
    }
  });

  describe('executor params', () => {
    bothWays(executorParam, vectorsOf<ParamValue>('param/'), paramOf);
    bothWays(executorParams, vectorsOf<ParamValue[]>('params/'), (params) => params.map(paramOf));
    for (const { name, value, bytes } of vectorsOf<ParamValue[]>('params-hash/')) {
      it(name, () => assert.equal(toHex(blake2b256(executorParams.enc(value.map(paramOf)))), toHex(bytes)));
    }
    for (const { name, value, bytes } of vectorsOf<ParamValue[]>('params-prep-hash/')) {
      it(name, () => assert.equal(toHex(prepHash(value.map(paramOf), today.paramsOfArtifact)), toHex(bytes)));
    }
  });

  describe('request', () => {
    bothWays(pvfPrepData, vectorsOf<RequestValue>('prep/'), requestOf);

    it('prep-old/tiny/empty/precheck, in the layout up to 17.0.0', () => {
      const request = requestOf(vector<RequestValue>('prep/tiny/empty/precheck').value);
      const { bytes } = vector('prep-old/tiny/empty/precheck');
      for (const id of ['5.0.0', '6.0.0', '8.0.0', '16.0.0'] as const) {
        assert.equal(toHex(encodeRequest(revision(id), request)), toHex(bytes), id);
      }
    });
  });

  describe('hashes', () => {
    for (const { name, value, bytes } of vectorsOf<string>('code-hash/')) {
      it(name, () => assert.equal(toHex(blake2b256(Buffer.from(value.slice(2), 'hex'))), toHex(bytes)));
    }
    for (const { name, value, bytes } of vectorsOf<string>('checksum/')) {
      it(name, async () => {
        const hash = (await twox256Factory())();
        hash.update(Buffer.from(value.slice(2), 'hex'));
        assert.equal(toHex(hash.digest()), toHex(bytes));
      });
    }
  });

  describe('response', () => {
    const codec = responseCodec(today, 'linux');
    bothWays(
      codec,
      vectorsOf<{ ok: OkValue }>('result/ok/'),
      ({ ok }): PrepareWorkerResult => ({ success: true, value: successOf(ok) }),
    );
    bothWays(
      codec,
      vectorsOf<{ err: ErrorValue }>('result/err/'),
      ({ err }): PrepareWorkerResult => ({ success: false, value: errorOf(err) }),
    );

    interface Judged {
      readonly isDeterministic: boolean;
      readonly display: string;
    }
    for (const { name, value, bytes } of vectorsOf<Judged>('result/err/')) {
      it(`${name} is displayed and classified as in Polkadot`, () => {
        const { value: result } = decodeResponse(today, 'linux', bytes);
        assert(!result.success);
        assert.equal(display(result.value), value.display);
        assert.equal(isDeterministic(result.value), value.isDeterministic);
      });
    }
  });
});
