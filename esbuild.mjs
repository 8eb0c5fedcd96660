// Builds the bundles that src/base/bundles.ts lists. `--watch` keeps building.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, context } from 'esbuild';
import { tsImport } from 'tsx/esm/api';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  sourcemap: true,
  sourcesContent: false,
  minify: true,
  keepNames: true,
  // Its CommonJS build hides its imports from a bundler.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  logLevel: 'warning',
  // The sources are ES modules, but VS Code needs CommonJS bundles, which have no `import.meta.url`.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * The editor imports the rules when it shows the first finding. Their texts would add a third to what it loads at its
 * start.
 */
const rulesApart = {
  name: 'rules-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/check\/rules\/index\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './rules.cjs', external: true } : undefined,
    );
  },
};

/** Puts the interpreter, a wasm module of 2.7 MB, into the bundle: packed, so that installing and loading stay quick. */
const packedExecutor = {
  name: 'packed-executor',
  setup({ onLoad }) {
    onLoad({ filter: /\/executor-code\.ts$/ }, async () => {
      const file = createRequire(import.meta.url).resolve('@polkadot-api/wasm-executor/web');
      const wasm = await readFile(new URL('web_bg.wasm', pathToFileURL(file)));
      // The highest quality saves 3 %, and takes 20 times as long.
      const packed = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
      const contents = `import { brotliDecompressSync } from 'node:zlib';
        export function executorCode() { return brotliDecompressSync(Buffer.from('${packed.toString('base64')}', 'base64')); }`;
      return { contents, loader: 'js' };
    });
  },
};

/** Options of single bundles. */
const special = {
  metadata: { plugins: [packedExecutor] },
  // VS Code waits while the bundle loads. Keeping names would make that a fifth longer.
  extension: {
    external: ['vscode'],
    keepNames: false,
    plugins: [rulesApart],
    // Turns import() into require(), which every supported extension host has.
    supported: { 'dynamic-import': false },
  },
  cli: { banner: { js: `#!/usr/bin/env node\n${common.banner.js}` } },
};

const { bundles: entries, bundleFile, pages } = await tsImport('./src/base/bundles.ts', import.meta.url);

const bundles = Object.entries(entries).map(([name, entry]) => ({
  ...common,
  entryPoints: [entry],
  outfile: `dist/${bundleFile(name)}`,
  ...special[name],
}));

/** The pages of the editor: a script and a style sheet each, which a browser runs without modules and without Node. */
bundles.push({
  bundle: true,
  platform: 'browser',
  // What VS Code 1.100 has. Other browsers of that time run it, too.
  target: ['chrome132', 'firefox128', 'safari18'],
  format: 'iife',
  charset: 'ascii',
  minify: true,
  logLevel: 'warning',
  entryPoints: Object.values(pages).flatMap(({ sources, files }) =>
    Object.keys(files).map((part) => ({ in: sources[part], out: files[part].replace(/\.[^.]+$/, '') })),
  ),
  outdir: '.',
});

/** Prints when a round of builds starts and finishes. The problem matcher in .vscode/tasks.json waits for these lines. */
function watchReporter(firstBuilds) {
  let running = firstBuilds;
  console.log('[watch] build started');
  return () => {
    let isFirst = true;
    return {
      name: 'watch-reporter',
      setup(build) {
        build.onStart(() => {
          if (!isFirst && running++ === 0) console.log('[watch] build started');
          isFirst = false;
        });
        build.onEnd(() => {
          if (--running === 0) console.log('[watch] build finished');
        });
      },
    };
  };
}

if (process.argv.includes('--watch')) {
  const reporter = watchReporter(bundles.length);
  for (const options of bundles) {
    await (await context({ ...options, minify: false, plugins: [...(options.plugins ?? []), reporter()] })).watch();
  }
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
