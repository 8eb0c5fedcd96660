/** Data that the built-in worker stores in addition to functions. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CodeCache } from '../../../../src/portable/store/code-cache.ts';
import { MachineSpeed } from '../../../../src/portable/store/machine-speed.ts';
import { decodeStoredJob, encodeStoredJob } from '../../../../src/portable/wasm/job-run.ts';

const code = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
/** A function without parameters that returns 42. */
const wasm = '0061736d010000000105016000017f030201000707010366756e00000a06010400412a0b';
const v8Code = new URL('../../../../src/portable/wasm/v8-code.ts', import.meta.url).href;

describe('the stored data of the built-in worker', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const place = () => path.join(folder, 'code');
  const onlyFile = () => path.join(place(), readdirSync(place())[0] ?? '');

  it('restores machine code only for its engine', async () => {
    const cache = new CodeCache(place(), 'aa');
    assert.equal(await cache.read(), undefined);
    await cache.save(code);
    const found = await cache.read();
    assert.deepEqual(found, code);
    // V8 accepts only whole buffers.
    assert.equal(found?.buffer.byteLength, code.length);
    assert.equal(await new CodeCache(place(), 'bb').read(), undefined);
    assert.equal(statSync(onlyFile()).mode & 0o077, 0);
  });

  it('ignores and removes damaged machine code', async () => {
    const cache = new CodeCache(place(), 'aa');
    for (const at of [0, 10, 45, 500, -1]) {
      await cache.save(code);
      const bytes = readFileSync(onlyFile());
      const place = at < 0 ? bytes.length + at : at;
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      writeFileSync(onlyFile(), bytes);
      assert.equal(await cache.read(), undefined, `byte ${at}`);
      assert.equal(await cache.read(), undefined);
    }
    await cache.save(code);
    writeFileSync(onlyFile(), readFileSync(onlyFile()).subarray(0, 20));
    assert.equal(await cache.read(), undefined);
  });

  it('keeps the machine code of the most recently used engines', async () => {
    for (const engine of ['1', '2', '3', '4', '5', '6']) await new CodeCache(place(), engine).save(code);
    assert.equal(readdirSync(place()).length, 4);
    assert.deepEqual(await new CodeCache(place(), '6').read(), code);
  });

  it("creates a module from V8's code, but not from other bytes", () => {
    // A separate process, because V8 must optimise immediately: it aborts a process that requests code before there is any.
    const program = `
      import { moduleWithCode, serializedCode } from ${JSON.stringify(v8Code)};
      const wasm = Buffer.from('${wasm}', 'hex');
      const code = serializedCode(await WebAssembly.compile(wasm));
      const module = moduleWithCode(new Uint8Array(code), wasm);
      const instance = new WebAssembly.Instance(module, {});
      console.log(instance.exports.fun(), moduleWithCode(new Uint8Array(code.length), wasm));`;
    const flags = ['--no-liftoff', '--no-wasm-lazy-compilation', '--import', 'tsx', '--input-type=module'];
    const output = execFileSync(process.execPath, [...flags, '-e', program], { encoding: 'utf8', stdio: 'pipe' });
    assert.equal(output, '42 undefined\n');
  });

  it('restores a stored job', () => {
    const job = { functions: code, peakBytes: 123_456_789 };
    assert.deepEqual(decodeStoredJob(encodeStoredJob(job)), job);
    assert.equal(decodeStoredJob(code.subarray(0, 7)), undefined);
    assert.equal(decodeStoredJob(new Uint8Array(16).fill(0xff)), undefined);
  });

  it('learns the slowness of the machine, faster from larger jobs', async () => {
    const file = path.join(folder, 'speed.json');
    const speed = new MachineSpeed(file);
    assert.equal(await speed.after(), 1);
    const little = await speed.after({ engineMs: 20, expectedMs: 10 });
    assert(little > 1 && little < 1.05);
    const much = await speed.after({ engineMs: 60_000, expectedMs: 30_000 });
    assert(much > 1.9 && much < 2);
    assert.equal(await new MachineSpeed(file).after(), much);
    writeFileSync(file, '{"slowness":-3,"weightMs":1}');
    assert.equal(await new MachineSpeed(file).after(), 1);
    assert.equal(await new MachineSpeed(path.join(file, 'no', 'folder')).after({ engineMs: 1, expectedMs: 0 }), 1);
  });
});
