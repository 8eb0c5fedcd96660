/** `pvf compare` with real runtimes, as a user runs it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ComparisonJson } from '../../src/model/comparison-schema.ts';
import { changeOf } from '../../src/model/size-change.ts';
import { readRuntime } from '../../src/runtime/blob.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { functionSymbols, UNNAMED } from '../../src/runtime/sizes/function-symbols.ts';
import { openSymbols } from '../../src/runtime/symbols/symbols.ts';
import { readContents } from '../../src/wasm/contents.ts';
import { readModule } from '../../src/wasm/module.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { plainPvf, plainPvfOf } from '../support/plain-pvf.ts';
import { type CliBench, type Ended, needBuiltCli, withCli } from '../support/run-cli.ts';

const schema = JSON.parse(readFileSync(new URL('../../media/comparison.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function comparisonOf({ stdout, stderr }: Ended): ComparisonJson {
  assert.notEqual(stdout, '', stderr);
  const comparison = JSON.parse(stdout);
  validate(comparison);
  assert.deepEqual(validate.errors ?? [], []);
  return comparison as ComparisonJson;
}

/** Two versions of the plain module. */
function plainPair(cli: CliBench): [older: string, newer: string] {
  return [cli.write('a.wasm', plainPvf), cli.write('b.wasm', plainPvfOf('plain', 2))];
}

const errorsOf = ({ newFindings }: ComparisonJson) =>
  newFindings.filter(({ severity }) => severity === 'error').map(({ id }) => id);

describe('pvf compare', function () {
  this.timeout(120_000);
  before(needBuiltCli);

  it('takes two reports, and shows their times', () =>
    withCli(async (cli) => {
      const reports = [];
      for (const [at, file] of plainPair(cli).entries()) {
        const { stdout, code } = await cli.run(['prepare', '--json', '--worker', 'portable', file]);
        assert.equal(code, 0);
        reports.push(cli.write(`${at}.json`, stdout));
      }
      const ended = await cli.run(['compare', '--json', ...reports]);
      assert.equal(ended.code, 0, ended.stderr);
      const { figures, facts, newer } = comparisonOf(ended);
      assert.ok(figures.some(({ id, was, now }) => id === 'cpu-time' && was !== undefined && now !== undefined));
      assert.deepEqual(facts, [{ name: 'spec_version', was: '1', now: '2' }]);
      assert.equal(newer.vote, 'accept');
      const lowered = await cli.run(['compare', '--baseline-is', 'chain', ...reports.toReversed()]);
      assert.equal(lowered.code, 1);
      assert.match(lowered.stdout, /error\[spec-version-not-raised\]/);
    }));

  it('takes a blob and a report', () =>
    withCli(async (cli) => {
      const [older, newer] = plainPair(cli);
      const { stdout } = await cli.run(['inspect', '--json', older]);
      const report = cli.write('older.json', stdout);
      for (const [pair, was] of [
        [[report, newer], '1'],
        [[newer, report], '2'],
      ] as const) {
        const { facts, older: from, newer: to } = comparisonOf(await cli.run(['compare', '--json', ...pair]));
        assert.equal(facts.find(({ name }) => name === 'spec_version')?.was, was);
        assert.notEqual(from.runtime.codeHash, to.runtime.codeHash);
      }
    }));

  it('writes the same in every format, to a file on request', () =>
    withCli(async (cli) => {
      const pair = plainPair(cli);
      const text = await cli.run(['compare', ...pair]);
      assert.match(text.stdout, /^plain 1 → plain 2\n/);
      assert.match(text.stdout, /spec_version +1 +2/);
      const markdown = await cli.run(['compare', '--format', 'markdown', '--output', 'out.md', ...pair], {
        makes: ['out.md'],
      });
      assert.equal(markdown.stdout, '');
      const page = readFileSync(cli.at('out.md'), 'utf8');
      assert.match(page, /^# plain 1 → plain 2\n/);
      assert.match(page, /\| `spec_version` \| 1 \| 2 \|/);
      assert.match(page, /## Files\n/);
      const chart = await cli.run(['compare', '--format', 'html', ...pair]);
      assert.match(chart.stdout, /^<!doctype html>/);
      assert.match(chart.stdout, /<title>[^<]*plain 1[^<]*plain 2/);
    }));

  for (const format of ['sarif', 'junit']) {
    it(`refuses --format ${format}`, () =>
      withCli(async (cli) => {
        const ended = await cli.run(['compare', '--format', format, ...plainPair(cli)]);
        assert.equal(ended.code, 2);
        assert.equal(ended.stdout, '');
        assert.match(ended.stderr, new RegExp(`--format ${format}: .*text, json, markdown, html`));
      }));
  }

  for (const side of ['older', 'newer']) {
    const unreadable: Readonly<Record<string, (cli: CliBench) => string>> = {
      'a file that does not exist': () => 'missing.wasm',
      'a FIFO': (cli) => {
        const fifo = cli.write('fifo', '');
        execFileSync('sh', ['-c', 'rm "$0" && mkfifo "$0"', fifo]);
        return 'fifo';
      },
      'a device': () => '/dev/zero',
      'an empty file': (cli) => cli.write('empty.wasm', ''),
      'JSON that is no report': (cli) => cli.write('other.json', '{"schemaVersion": 1}'),
      'a comparison': (cli) => cli.write('comparison.json', '{"older": {}, "newer": {}, "growth": {}}'),
    };
    for (const [what, put] of Object.entries(unreadable)) {
      it(`rejects ${what} as the ${side} one`, () =>
        withCli(async (cli) => {
          const good = cli.write('good.wasm', plainPvf);
          const bad = put(cli);
          const ended = await cli.run(['compare', ...(side === 'older' ? [bad, good] : [good, bad])]);
          assert.equal(ended.code, 2, ended.stdout);
          assert.equal(ended.stdout, '');
          assert.match(ended.stderr, /^error: .+/);
        }));
    }
  }

  it('shows what a damaged module still has', () =>
    withCli(async (cli) => {
      const cut = cli.write('cut.wasm', plainPvf.subarray(0, -60));
      const ended = await cli.run(['compare', '--json', cli.write('a.wasm', plainPvf), cut]);
      assert.ok([0, 1].includes(ended.code ?? -1), ended.stderr);
      assert.equal(comparisonOf(ended).isSameCode, false);
    }));
});

describeWithCorpus('pvf compare of real runtimes', ({ blobs, pairs, path }) => {
  before(needBuiltCli);

  const compare = (cli: CliBench, ...args: readonly string[]) =>
    cli.run(['compare', '--json', '--baseline-is', 'build', ...args]);

  for (const { older, newer } of pairs) {
    describe(`${older} → ${newer}`, function () {
      this.timeout(180_000);
      let comparison: ComparisonJson;

      before(() =>
        withCli(async (cli) => {
          const ended = await compare(cli, path(older), path(newer));
          assert.equal(ended.code, 0, ended.stderr);
          comparison = comparisonOf(ended);
        }),
      );

      it('gives the growth of the code to sections, crates, owners and functions', () => {
        const { sections, crates = [], owners = [], functions = [] } = comparison.growth;
        const sum = (changes: typeof sections) => changes.reduce((all, change) => all + changeOf(change), 0);
        const raw = comparison.figures.find(({ id }) => id === 'raw-bytes');
        const grown = (raw?.now ?? 0) - (raw?.was ?? 0);
        // The length of a section's header can change, too.
        assert.ok(Math.abs(sum(sections) - grown) <= 8, `${sum(sections)} of ${grown}`);
        const code = sections.find(({ name }) => name === 'code');
        assert.ok(code);
        assert.ok(Math.abs(sum(crates) - changeOf(code)) <= 8, 'crates');
        assert.ok(Math.abs(sum(owners) - changeOf(code)) <= 8, 'owners');
        assert.equal(sum(functions), sum(crates), 'functions');
      });

      it('says what was raised, and that the metadata did not change', () => {
        const { facts, imports, exports, metadata, isSameCode } = comparison;
        assert.equal(isSameCode, false);
        assert.deepEqual(
          facts.find(({ name }) => name === 'spec_version'),
          { name: 'spec_version', was: '1009002', now: '1009003' },
        );
        assert.deepEqual(
          [imports, exports].flatMap(({ added, gone }) => [...added, ...gone]),
          [],
        );
        assert.deepEqual(metadata, []);
      });

      it('leaves unchanged functions out', async () => {
        const [was, now] = await Promise.all([functionsOf(path(older)), functionsOf(path(newer))]);
        const listed = new Set(comparison.growth.functions?.map(({ name }) => name));
        const unchanged = [...now].filter(([name, sizes]) => was.get(name) === sizes);
        assert.ok(unchanged.length > 1000, `${unchanged.length}`);
        assert.deepEqual(
          unchanged.filter(([name]) => listed.has(name)),
          [],
        );
        const { sameFunctions = 0 } = comparison.growth;
        assert.ok(sameFunctions >= unchanged.length, `${sameFunctions} of ${unchanged.length}`);
        assert.ok(listed.size > 0);
      });
    });
  }

  const smallest = blobs.filter(({ group }) => group === 'pvf').sort((a, b) => a.stored_bytes - b.stored_bytes);
  for (const { file } of smallest.slice(0, 3)) {
    it(`lists nothing for a blob and itself: ${file}`, async function () {
      this.timeout(180_000);
      await withCli(async (cli) => {
        const { isSameCode, growth, facts, imports, exports, metadata, newFindings } = comparisonOf(
          await compare(cli, path(file), path(file)),
        );
        assert.equal(isSameCode, true);
        const { sameFunctions = 0, ...changes } = growth;
        assert.ok(sameFunctions > 100, `${sameFunctions}`);
        assert.deepEqual(Object.values(changes).flat(), []);
        assert.deepEqual([...facts, ...imports.added, ...imports.gone, ...exports.added, ...exports.gone], []);
        assert.deepEqual(metadata ?? [], []);
        assert.deepEqual(
          newFindings.map(({ id }) => id),
          ['identical-code'],
        );
      });
    });
  }

  it('fails when the chain would refuse the version, and only then', () =>
    withCli(async (cli) => {
      const pair = [path('field/version-on-chain.compact.wasm'), path('field/version-not-raised.compact.wasm')];
      const onChain = await cli.run(['compare', '--json', '--baseline-is', 'chain', ...pair]);
      assert.equal(onChain.code, 1);
      assert.deepEqual(errorsOf(comparisonOf(onChain)), ['spec-version-not-raised']);
      const allowed = await cli.run([
        'compare',
        '--json',
        '--baseline-is',
        'chain',
        '--allow',
        'spec-version-not-raised',
        ...pair,
      ]);
      assert.equal(allowed.code, 0);
      const earlierBuild = await cli.run(['compare', '--json', ...pair]);
      assert.equal(earlierBuild.code, 0);
      assert.deepEqual(errorsOf(comparisonOf(earlierBuild)), []);
    })).timeout(60_000);

  it('names an archive and how to get at its runtime', () =>
    withCli(async (cli) => {
      const good = cli.write('good.wasm', plainPvf);
      for (const pair of [
        [path('field/archive.zip'), good],
        [good, path('field/archive.zip')],
      ]) {
        const { code, stdout, stderr } = await cli.run(['compare', ...pair]);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, /zip archive.*Unpack/);
      }
    })).timeout(60_000);
});

/** For each name without type arguments and hash, the sizes of all functions that have it. */
async function functionsOf(file: string): Promise<Map<string, string>> {
  const { stored } = await readRuntime(file);
  const decompressed = await decompress(stored, 64 * 1024 * 1024);
  assert.equal(decompressed.kind, 'ok');
  const module = readModule(decompressed.raw);
  const contents = readContents(decompressed.raw, module);
  const { bodies, importedFunctions: imported } = contents;
  assert.ok(bodies);
  const functions = imported + bodies.count;
  const { symbols, ofFunction } = functionSymbols(decompressed.raw, contents, functions, await openSymbols());
  const sizes = new Map<string, number[]>();
  for (let index = imported; index < functions; index += 1) {
    const symbol = symbols[ofFunction[index] ?? UNNAMED];
    if (symbol === undefined) continue;
    const name = [symbol.crate ?? 'unattributed', ...symbol.path, symbol.item].join('::');
    const at = index - imported;
    const size = (bodies.entries[at + 1] ?? 0) - (bodies.entries[at] ?? 0);
    sizes.set(name, [...(sizes.get(name) ?? []), size]);
  }
  return new Map([...sizes].map(([name, list]) => [name, list.sort((a, b) => a - b).join(' ')]));
}
