/** What is in the packed extension, and what is not. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/vscode-rig/folders.ts';
import { packedExtension } from '../../scripts/vscode-rig/packed-extension.ts';
import { type BundleName, bundleFile, bundles, pages } from '../../src/base/bundles.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { type ZipEntry, zipListing } from '../support/zip-listing.ts';

interface Manifest {
  readonly main?: string;
  readonly icon?: string;
  readonly l10n?: string;
  readonly bin: Readonly<Record<string, string>>;
}

/** All that may be in it. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/package\.nls(\.[a-z-]+)?\.json$/,
  /^extension\/l10n\/[^/]+\.json$/,
  /^extension\/dist\/[a-z-]+\.cjs$/,
  /^extension\/dist\/media\/[a-z-]+\.(js|css)$/,
  /^extension\/media\/.+\.(svg|png|md|json|css|js|br|wasm|toml|lock|rs|html|d\.ts)$/,
  /^extension\/engine\/(Cargo\.(toml|lock)|src\/.+\.rs|patches\/.+)$/,
];

/**
 * Most bytes of a file or, packed, of the whole. What is over is in the package by mistake, or a cost to every start.
 * Packed, the interpreter for metadata has 1.55 MB, the engine 1.07 MB, all other programs 0.6 MB, among them 0.05 MB for
 * the client of a live chain, pictures 0.19 MB and the rest 0.2 MB. The extension's bundle has 265 kB, without the rules,
 * the schemas and the charts.
 */
const limits = { packed: 3_900_000, extensionBundle: 275_000 };

describe('the packed extension', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
  let vsix = '';
  let entries: readonly ZipEntry[] = [];
  const names = () => entries.map(({ name }) => name);
  const mustHold = (files: readonly string[]) => {
    const missing = files.filter((file) => !names().includes(`extension/${path.posix.normalize(file)}`));
    assert.deepEqual(missing, [], 'the package lacks files');
  };

  before(async function () {
    this.timeout(300_000);
    using guard = new ExitGuard();
    vsix = await packedExtension(guard);
    entries = zipListing(readFileSync(vsix));
  });

  it('has only files for users', () => {
    assert.deepEqual(
      names().filter((name) => !allowed.some((pattern) => pattern.test(name))),
      [],
    );
  });

  it('has the files that package.json names', () => {
    const { main, icon, bin } = manifest;
    mustHold([...Object.values(bin), main, icon].filter((file) => file !== undefined));
    mustHold(['package.json', 'readme.md', 'changelog.md', 'LICENSE.txt']);
  });

  it('has every bundle, and no stale one', () => {
    const made = [
      ...(Object.keys(bundles) as BundleName[]).map((name) => `extension/dist/${bundleFile(name)}`),
      ...Object.values(pages).flatMap(({ files }) => Object.values(files).map((file) => `extension/${file}`)),
    ];
    assert.deepEqual(
      names()
        .filter((name) => name.startsWith('extension/dist/'))
        .sort(),
      made.sort(),
    );
  });

  it('has the client of a live chain in a bundle of its own', () => {
    const holders = (text: string) =>
      (Object.keys(bundles) as BundleName[]).filter((name) =>
        readFileSync(path.join(root, 'dist', bundleFile(name)), 'latin1').includes(text),
      );
    assert.deepEqual(holders('state_queryStorageAt'), ['chain-process']);
    assert.deepEqual(holders('Sec-WebSocket-Key'), ['chain-process']);
  });

  it('has all of media, and every text for translation', () => {
    mustHold(filesIn('media'));
    mustHold(readdirSync(root).filter((name) => /^package\.nls.*\.json$/.test(name)));
    if (existsSync(path.join(root, 'l10n'))) mustHold(filesIn('l10n'));
  });

  it('has the sources of the native engine', () => {
    mustHold(['engine/Cargo.toml', 'engine/Cargo.lock', ...filesIn('engine/src'), ...filesIn('engine/patches')]);
  });

  it('is small', () => {
    assert.ok(statSync(vsix).size < limits.packed, `${statSync(vsix).size} bytes`);
    const bundle = entries.find(({ name }) => name === 'extension/dist/extension.cjs');
    assert.ok((bundle?.bytes ?? 0) < limits.extensionBundle, `the extension's bundle has ${bundle?.bytes} bytes`);
  });
});

function filesIn(folder: string): string[] {
  const found = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
