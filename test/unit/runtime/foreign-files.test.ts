/** Files that are no runtime, and files that wrap one. */
import assert from 'node:assert/strict';
import { constants, gzipSync } from 'node:zlib';
import { concat } from '../../../src/base/bytes.ts';
import { inputProblems } from '../../../src/model/input-problem.ts';
import { codeHashOf, readRuntime } from '../../../src/runtime/blob.ts';
import { unpack } from '../../../src/runtime/container.ts';
import { InputError } from '../../../src/runtime/input-error.ts';
import { foreignFiles, LINES_BLOB, LINES_MODULE, wrappedFiles } from '../../support/foreign-files.ts';
import { compressed, PATTERN_FRAMES, raw, TINY_MODULE, zstdFrame } from './samples.ts';
import { useTempFolder } from './temp-folder.ts';

function problemOf(content: Uint8Array): InputError {
  try {
    unpack('a/file.wasm', content);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error;
  }
  return assert.fail('this was taken for a runtime');
}

describe('a file that is no runtime', () => {
  for (const [title, { content, id, says }] of Object.entries(foreignFiles)) {
    it(`${title}: ${id}`, () => {
      const { code, problem, message } = problemOf(content);
      assert.equal(code, id, message);
      assert.deepEqual(problem.id, id);
      assert.match(problem.message, /^[A-Z0-9].*\.$/);
      assert.match(problem.remedy, /^[A-Z].*\.$/);
      assert.match(`${problem.message} ${problem.remedy}`, says);
      assert.doesNotMatch(message, /\p{C}/u);
    });
  }

  it('has every id that content can give', () => {
    const made = new Set(Object.values(foreignFiles).map(({ id }) => id));
    const others = ['missing', 'directory', 'not-a-file', 'unreadable', 'changed-while-reading', 'too-large'];
    const elsewhere = ['bad-chain-spec', 'no-code', 'unknown-substitute', 'compressed-twice'];
    const ofNoFile = ['not-checked', 'missing-shard'];
    const missing = Object.keys(inputProblems).filter(
      (id) => ![...made, ...others, ...elsewhere, ...ofNoFile].includes(id),
    );
    assert.deepEqual(missing, []);
  });

  it('is told without inflating a gzip bomb', () => {
    const member = gzipSync(new Uint8Array(64 * 1024 * 1024), { level: constants.Z_BEST_SPEED });
    assert.equal(problemOf(concat(member, member, member, member, member)).code, 'too-large');
  }).timeout(20_000);

  it('is told for gzip in gzip in gzip', () => {
    let content: Uint8Array = TINY_MODULE;
    for (let count = 0; count < 20; count += 1) content = gzipSync(content);
    assert.equal(problemOf(content).code, 'unknown-data');
  });

  it('is told for JSON nested 100 000 deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    assert.equal(problemOf(new TextEncoder().encode(deep)).code, 'bad-chain-spec');
    assert.equal(problemOf(new TextEncoder().encode(`{"result":${deep},"id":1}`)).code, 'bad-chain-spec');
    assert.equal(problemOf(new TextEncoder().encode(`{"jsonrpc":"2","error":{"message":${deep}}}`)).code, 'rpc-error');
  });
});

describe('a file that wraps a runtime', () => {
  for (const [title, [content, unwrapped]] of Object.entries(wrappedFiles)) {
    it(`${title}: ${unwrapped.join(', ')}`, () => {
      const found = unpack('x', content);
      assert.deepEqual(found.stored, TINY_MODULE);
      assert.deepEqual(found.unwrapped, unwrapped);
    });
  }
});

describe('a blob that is not damaged in transit', () => {
  const cases: Readonly<Record<string, Uint8Array>> = {
    'with line feeds': LINES_BLOB,
    'a module with line feeds': LINES_MODULE,
    'a module with a line feed behind a carriage return': concat(TINY_MODULE, Uint8Array.of(0, 4, 1, 0x6e, 13, 10)),
    'a module with a replacement character': concat(TINY_MODULE, Uint8Array.of(0, 5, 1, 0x6e, 0xef, 0xbf, 0xbd)),
    'a frame with a line feed behind a carriage return': compressed(zstdFrame([raw('a\r\nb')])),
    'truncated, for the worker': LINES_BLOB.subarray(0, 30),
    'a truncated module, for the worker': TINY_MODULE.subarray(0, -3),
  };
  for (const [title, content] of Object.entries(cases)) {
    it(title, () => assert.deepEqual(unpack('x', content).stored, content));
  }
});

describe('a blob that was compressed twice', () => {
  const temp = useTempFolder();
  const inner = compressed(PATTERN_FRAMES.level22);
  const cases: Readonly<Record<string, Uint8Array>> = {
    'a compressed blob': compressed(zstdFrame([{ kind: 'raw', body: inner }])),
    'a zstd frame': compressed(zstdFrame([{ kind: 'raw', body: PATTERN_FRAMES.level3 }])),
  };
  for (const [what, content] of Object.entries(cases)) {
    it(`contains ${what}`, () =>
      assert.rejects(readRuntime(temp.write('x.wasm', content)), (error) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.code, 'compressed-twice');
        assert.match(error.message, new RegExp(`contains ${what}`));
        return true;
      }));
  }

  it('is not one with other incompressible content', async () => {
    const content = compressed(zstdFrame([{ kind: 'raw', body: TINY_MODULE }]));
    const blob = await readRuntime(temp.write('x.wasm', content));
    assert.equal(blob.codeHash, codeHashOf(content));
  });
});
