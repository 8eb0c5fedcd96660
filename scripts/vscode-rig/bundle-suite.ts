import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { root } from './folders.ts';

export interface BundledSuite {
  /** The module for `extensionTestsPath`; it exports `run`. */
  readonly script: string;
  readonly folder: string;
}

const entry = path.join(root, 'test/vscode/support/run-suite.ts');

/** The test files below a folder, relative to it. */
export function testFilesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).sort();
}

/** Bundles the test files below a folder for the extension host. The caller removes the bundle's folder. */
export async function bundleSuite(tests: string, guard: ExitGuard): Promise<BundledSuite> {
  // Inside the repository, so that the bundles find mocha in its node_modules.
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
    plugins: [sourceLocations],
  });
  return { script: path.join(folder, 'run-suite.js'), folder };
}

/** Test support finds fixtures relative to its own source file. A bundle would have another location. */
const sourceLocations: Plugin = {
  name: 'source-locations',
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
