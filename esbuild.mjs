// Bundles everything that `bin` and `main` of package.json name. `--watch` keeps building.
import { build, context } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  sourcemap: true,
  sourcesContent: false,
  minify: true,
  keepNames: true,
  logLevel: 'warning',
  // The sources are ES modules; `import.meta.url` has no meaning in the CommonJS bundle that VS Code needs.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const bundles = [
  // What VS Code loads: the surface alone, all that is heavy runs elsewhere. Keeping names would cost a fifth of its load time.
  {
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
    keepNames: false,
  },
  {
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.cjs',
    banner: { js: `#!/usr/bin/env node\n${common.banner.js}` },
  },
  // Started as a thread of its own: src/runtime/inspect-in-thread.ts looks for it beside the bundle.
  { ...common, entryPoints: ['src/runtime/inspect-thread.ts'], outfile: 'dist/inspect-thread.cjs' },
  // The extension's thread: src/editor/check-thread/thread-client.ts starts it.
  { ...common, entryPoints: ['src/editor/check-thread/main.ts'], outfile: 'dist/check-thread.cjs' },
  // A process of its own that speaks the prepare worker's protocol, and its threads: src/portable/wasm/engine-thread.ts.
  { ...common, entryPoints: ['src/portable/main.ts'], outfile: 'dist/portable-worker.cjs' },
  { ...common, entryPoints: ['src/portable/wasm/thread.ts'], outfile: 'dist/engine-thread.cjs' },
];

/** Prints when a round of builds begins and ends; the problem matcher in .vscode/tasks.json waits for these lines. */
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
    await (await context({ ...options, minify: false, plugins: [reporter()] })).watch();
  }
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
