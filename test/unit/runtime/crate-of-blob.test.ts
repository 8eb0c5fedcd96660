import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ruleInfos } from '../../../src/check/rules/index.ts';
import { sourcePlaces } from '../../../src/cli/source-places.ts';
import { formatSarif } from '../../../src/report/sarif.ts';
import { manifestOfBlob } from '../../../src/runtime/sources/crate-of-blob.ts';
import { assertValid } from '../../support/published-schemas.ts';
import { accepted, rejected } from '../../support/sample-reports.ts';
import { useTempFolder } from './temp-folder.ts';

describe('manifestOfBlob', () => {
  const folder = useTempFolder();
  let count = 0;

  /** A workspace with the crate `my-runtime` in `runtime/`, and a manifest of wasm-builder that leads to `named`. */
  function workspace(named: string, crate = 'my-runtime', target = 'target/release'): string {
    count += 1;
    const root = path.join(path.dirname(folder.write('x', '')), `it's a [space] ${count}`);
    const write = (name: string, text: string) => {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    };
    write('runtime/Cargo.toml', `[package]\nname = "${crate}"\n`);
    write('runtime/src/lib.rs', '// construct_runtime! is below\n\nconstruct_runtime! {}\n');
    const generated = `[dependencies.wasm_project]\npackage = "my-runtime"\npath = ${JSON.stringify(named.replace('ROOT', root))}\n`;
    write(`${target}/wbuild/my-runtime/Cargo.toml`, generated);
    return path.join(root, target, 'wbuild/my-runtime/my_runtime.wasm');
  }

  const manifestIn = (blob: string) => path.join(blob.slice(0, blob.indexOf('/target/')), 'runtime/Cargo.toml');

  it('follows the manifest that wasm-builder generated', async () => {
    const blob = workspace('ROOT/runtime');
    assert.equal(await manifestOfBlob(blob), manifestIn(blob));
  });

  it('finds the crate of a build in the container of srtool, whose paths exist only there', async () => {
    const blob = workspace('/build/runtime', 'my-runtime', 'target/srtool/release');
    assert.equal(await manifestOfBlob(blob), manifestIn(blob));
  });

  it('takes no crate with another name, and none of another folder', async () => {
    assert.equal(await manifestOfBlob(workspace('ROOT/runtime', 'other')), undefined);
    assert.equal(await manifestOfBlob(workspace('/build/../../etc')), undefined);
    assert.equal(await manifestOfBlob('release/blob.wasm'), undefined);
    assert.equal(await manifestOfBlob('none/target/release/wbuild/x/x.wasm'), undefined);
  });

  it('gives the findings in SARIF the lines of the sources, in a repository only', async () => {
    const blob = workspace('ROOT/runtime');
    const at = (report: typeof accepted) => ({ ...report, runtime: { ...report.runtime, path: blob } });
    const bad = at(rejected);
    const raw = { id: 'near-limit-raw-code-size', severity: 'warning', message: 'x' } as const;
    const reports = [bad, { ...at(accepted), findings: [raw, { ...raw, id: 'of-another-version' }] }];
    const log = async () => {
      const document = JSON.parse(formatSarif(reports, ruleInfos, await sourcePlaces(reports)));
      assertValid('sarif-2.1.0', document);
      return document.runs[0].results.map((result: { locations: unknown; relatedLocations?: unknown }) =>
        JSON.stringify([result.locations, result.relatedLocations ?? []]),
      ) as readonly string[];
    };
    const before = process.cwd();
    for (const result of await log()) assert.doesNotMatch(result, /Cargo\.toml|lib\.rs/);
    try {
      process.chdir(path.dirname(path.dirname(manifestIn(blob))));
      const [vote = '', , , limit = '', other = ''] = await log();
      assert.match(
        vote,
        /"uri":"runtime\/Cargo\.toml","uriBaseId":"%SRCROOT%"},"region":{"startLine":2,"startColumn":9,"endColumn":19}/,
      );
      assert.match(vote, /The runtime blob.*my_runtime\.wasm/);
      assert.match(
        limit,
        /"uri":"runtime\/src\/lib\.rs","uriBaseId":"%SRCROOT%"},"region":{"startLine":3,"startColumn":1,"endColumn":19}/,
      );
      assert.match(other, /runtime\/Cargo\.toml/);
    } finally {
      process.chdir(before);
    }
  });
});
