import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { root } from './folders.ts';

export interface BundledSuite {
  /** Exports `run`, as VS Code wants it of what `extensionTestsPath` names. */
  readonly script: string;
  readonly folder: string;
}

const entry = path.join(root, 'test/vscode/support/run-suite.ts');

/** The test files below a folder, relative to it. */
export function testFilesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).sort();
}

/** Bundles the test files below a folder for the extension host. Removing the bundle's folder is the caller's part. */
export async function bundleSuite(tests: string, guard: ExitGuard): Promise<BundledSuite> {
  // In the clone, because the bundles find mocha in its node_modules.
  await mkdir(path.join(root, 'out'), { recursive: true });
  const folder = await mkdtemp(path.join(root, 'out/vscode-suite-'));
  guard.folder(folder);
  await writeFile(path.join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  const files = testFilesIn(tests);
  await build({
    entryPoints: [
      { in: entry, out: 'run-suite' },
      ...files.map((name) => ({ in: path.join(tests, name), out: path.join('tests', name.slice(0, -'.ts'.length)) })),
    ],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    external: ['vscode', 'mocha'],
    sourcemap: 'external',
    keepNames: true,
    logLevel: 'warning',
    plugins: [placesOfSources],
  });
  return { script: path.join(folder, 'run-suite.js'), folder };
}

/** Test support finds fixtures beside its own source, which a bundle has lost. */
const placesOfSources: Plugin = {
  name: 'places-of-sources',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const contents = source
        .replaceAll('import.meta.dirname', () => JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(file).href));
      return { contents, loader: 'ts' };
    });
  },
};
