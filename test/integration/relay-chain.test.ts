import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { blake2b } from '@noble/hashes/blake2.js';
import { _void, Bytes, Enum, Option, Struct, Tuple, u8, u32, u64, Vector } from 'scale-ts';
import { fromHex, toHex } from '../../src/base/bytes.ts';
import { plainPvfOf } from '../support/plain-pvf.ts';
import { startRelayChain, useRelayChain } from '../support/relay-chain.ts';

const current = plainPvfOf('current', 1);
const future = plainPvfOf('future', 2);
const hashOf = (code: Uint8Array) => toHex(blake2b(code, { dkLen: 32 }));

describe('the relay chain to test with', () => {
  const chain = useRelayChain(() => ({
    session: 7,
    validators: 5,
    activeConfig: { max_code_size: 2_000_000 },
    executorParams: [{ type: 'PvfPrepTimeout', value: [{ type: 'Precheck' }, 30_000n] }],
    paras: [
      { id: 2000, code: current, future, restricted: true, cooldownUntil: 500, vote: { accept: 3, reject: 2 } },
      { id: 2004, code: current },
    ],
  }));
  /** Asks the relay chain's runtime, which reads the state by its own types. */
  const ask = async (name: string, parameters = '0x') =>
    fromHex(String(await chain().request('state_call', [`ParachainHost_${name}`, parameters])));

  it('listens on loopback alone', () => {
    assert.match(chain().url, /^ws:\/\/127\.0\.0\.1:\d+$/);
  });

  it('has a runtime that knows the session and its executor params', async () => {
    assert.equal(u32.dec(await ask('session_index_for_child')), 7);
    assert.deepEqual(Option(Bytes()).dec(await ask('session_executor_params', toHex(u32.enc(7)))), undefined);
  });
});
