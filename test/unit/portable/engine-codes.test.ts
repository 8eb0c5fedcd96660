import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareError, prepareErrorCode, prepareErrorFrom } from '../../../src/polkadot/prepare-error.ts';
import { engineStatus } from '../../../src/portable/engine-status.ts';
import { helperError } from '../../../src/portable/native/helper-error.ts';
import { prepareErrorOf } from '../../../src/portable/wasm/refusal.ts';

const engine = path.join(import.meta.dirname, '../../../engine/src');
const source = (file: string) => readFileSync(path.join(engine, file), 'utf8');

/** The codes of the variants in error.rs. `IO_ERROR` is the native helper's own. */
const errorsOfEngine = [
  ...[...source('error.rs').matchAll(/Self::(\w+)(?:\(_\))? => (\d+),/g)].map(([, tag, code]) => ({ tag, code })),
  { tag: 'IoErr', code: /const IO_ERROR: i32 = (\d+);/.exec(source('bin/pvf-engine/main.rs'))?.[1] },
].map(({ tag, code }) => ({ tag, code: Number(code) }));

describe('the codes of the engine', () => {
  it('equal the discriminants of PrepareError', () => {
    assert.equal(errorsOfEngine.length, 8);
    for (const { tag, code } of errorsOfEngine) {
      const error = prepareErrorFrom(code, 'why');
      assert.ok(error);
      assert.equal(error.tag, tag);
      assert.equal(prepareErrorCode(error.tag), code);
      assert.equal(prepareError.enc(error)[0], code);
    }
  });

  it('equal the statuses of engine/src/status.rs', () => {
    const constants = [...source('status.rs').matchAll(/^pub const (\w+): i32 = (-?\d+);/gm)];
    assert.deepEqual(Object.fromEntries(constants.map(([, name, value]) => [name, Number(value)])), engineStatus);
  });

  it('mean the same error in wasm and in the native helper', () => {
    for (const { code } of errorsOfEngine) {
      assert.deepEqual(prepareErrorOf({ kind: 'refused', code, text: 'why', cpuMs: 1 }), helperError(code, 'why', 7));
    }
  });

  it('mean a dead job if they are unknown or their variant has more than a text', () => {
    for (const code of [prepareErrorCode('RenameTmpFile'), prepareErrorCode('JobDied'), 13, -1]) {
      assert.equal(prepareErrorFrom(code, 'why'), undefined);
      const value = { err: `unknown error ${code} of the engine: why`, jobPid: 7 };
      assert.deepEqual(helperError(code, 'why', 7), { tag: 'JobDied', value });
    }
    assert.deepEqual(helperError(engineStatus.EXHAUSTED, '', 7), {
      tag: 'JobDied',
      value: { err: 'the engine has no more memory', jobPid: 7 },
    });
  });
});
