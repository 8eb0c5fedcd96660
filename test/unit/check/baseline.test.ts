import assert from 'node:assert/strict';
import { toHex } from '../../../src/base/bytes.ts';
import { type BaselineOptions, baselineFor, loadBaseline, loadBaselines } from '../../../src/check/baseline.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import { formatJson } from '../../../src/report/format.ts';
import { codeHashOf } from '../../../src/runtime/blob.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { plainPvf } from '../../support/plain-pvf.ts';
import { accepted, inspected } from '../../support/sample-reports.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

const options: BaselineOptions = { is: 'build', bombLimit: 1024 * 1024, inspect };

describe('loadBaseline', () => {
  const folder = useTempFolder();

  const blobs: Readonly<Record<string, readonly [content: string | Uint8Array, container: string]>> = {
    'a module': [plainPvf, 'wasm'],
    'hex text': [toHex(plainPvf), 'hex'],
    'a chain spec': [JSON.stringify({ genesis: { raw: { top: { '0x3a636f6465': toHex(plainPvf) } } } }), 'chain-spec'],
  };
  for (const [name, [content, container]] of Object.entries(blobs)) {
    it(`inspects the blob in ${name}`, async () => {
      const path = folder.write('old', content);
      const { runtime, stats, is } = await loadBaseline(path, { ...options, is: 'chain' });
      assert.deepEqual([runtime.container, stats, is], [container, undefined, 'chain']);
      assert.deepEqual([runtime.specName, runtime.specVersion, runtime.transactionVersion], ['plain', 1, 1]);
      assert.equal(runtime.codeHash, codeHashOf(plainPvf));
    });
  }

  it('rejects a chain spec without code, with the remedy', async () => {
    const path = folder.write('spec.json', JSON.stringify({ genesis: { raw: { top: {} } } }));
    await assert.rejects(loadBaseline(path, options), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /^The baseline can't be read\. .*spec\.json: this chain spec has no code/);
      return true;
    });
  });

  it('reads a report of `--json`, prepared or inspected', async () => {
    for (const report of [accepted, inspected]) {
      const baseline = await loadBaseline(folder.write('old.json', formatJson([report])), options);
      assert.deepEqual(baseline.runtime, report.runtime);
    }
  });

  it('ignores unknown members', async () => {
    const { runtime } = accepted;
    const later = JSON.stringify({ ...accepted, weather: 'fair', runtime: { ...runtime, colour: 'red' } });
    assert.deepEqual((await loadBaseline(folder.write('old.json', later), options)).runtime, runtime);
  });

  const invalid: Readonly<Record<string, readonly [content: string, cause: RegExp]>> = {
    'a list of reports, where one is needed': [
      formatJson([accepted, accepted]),
      /has several reports; give a file with one/,
    ],
    'a list without a report': ['[]', /has no report/],
    'another schema version': [JSON.stringify({ ...accepted, schemaVersion: 2 }), /no report of schema version 1/],
    'a member of another type': [
      JSON.stringify({ ...accepted, runtime: { ...accepted.runtime, rawBytes: '7' } }),
      /: runtime\.rawBytes must be a number, not "7"\. /,
    ],
    'another object': ['{"schemaVersion": 1}', /`pvf prepare --json` writes one/],
    'a report that is cut off': [JSON.stringify(accepted).slice(0, 300), /is not JSON/],
  };
  it('names a file that is neither a blob nor a report', async () => {
    const path = folder.write('old.json', 'ACCEPT');
    await assert.rejects(loadBaseline(path, options), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /^The baseline can't be read\. .*old\.json: this is text of 6 bytes: "ACCEPT"/);
      return true;
    });
  });

  for (const [name, [content, cause]] of Object.entries(invalid)) {
    it(`rejects ${name}`, async () => {
      const path = folder.write('old.json', content);
      await assert.rejects(loadBaseline(path, options), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.ok(error.message.startsWith(`${path}: `));
        assert.match(error.message, cause);
        return true;
      });
    });
  }
});

describe('loadBaselines', () => {
  const folder = useTempFolder();
  const problem = { schemaVersion: 1, tool: accepted.tool, createdAt: accepted.createdAt, path: 'x', problem: {} };

  it('reads the reports of a list, without files that were no runtime', async () => {
    const path = folder.write('old.json', JSON.stringify([accepted, problem, inspected]));
    const baselines = await loadBaselines(path, options);
    assert.deepEqual(
      baselines.map(({ runtime }) => runtime),
      [accepted.runtime, inspected.runtime],
    );
  });

  it('gives each runtime the baseline of its path, else of its file name if that is unique', async () => {
    const at = (path: string) => ({ ...accepted, runtime: { ...accepted.runtime, path } });
    const reports = [at('out/a.wasm'), at('out/b.wasm'), at('other/b.wasm')];
    const baselines = await loadBaselines(folder.write('old.json', JSON.stringify(reports)), options);
    const found = (path: string) => baselineFor(path, baselines)?.runtime.path;
    assert.deepEqual(['other/b.wasm', 'new/a.wasm', 'new/b.wasm', 'c.wasm'].map(found), [
      'other/b.wasm',
      'out/a.wasm',
      undefined,
      undefined,
    ]);
  });

  it('reads the metadata of a report from its blob, if that lies beside the report', async () => {
    const read = (code: Uint8Array) => Promise.resolve({ kind: 'failed', reason: `${code.length}` } as const);
    const report = {
      ...accepted,
      runtime: { ...accepted.runtime, path: 'target/plain.wasm', codeHash: codeHashOf(plainPvf) },
    };
    const path = folder.write('old.json', JSON.stringify(report));
    const metadata = async () => (await loadBaseline(path, { ...options, readMetadata: read })).metadataResult;
    assert.equal(await metadata(), undefined);
    folder.write('plain.wasm', plainPvf);
    assert.deepEqual(await metadata(), await read(plainPvf));
    folder.write('plain.wasm', plainPvf.subarray(0, -1));
    assert.equal(await metadata(), undefined);
  });
});
