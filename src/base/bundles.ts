/** The bundles of this package: one file of dist/ for each, built by esbuild.mjs from its entry file. */
export const bundles = {
  /** What VS Code loads. */
  extension: 'src/extension.ts',
  /** The `pvf` command. */
  cli: 'src/cli/main.ts',
  /** The extension's thread, which does the checks. */
  'check-thread': 'src/editor/check-thread/main.ts',
  'inspect-thread': 'src/runtime/inspect-thread.ts',
  /** The built-in prepare worker, a process of its own, and its threads. */
  'portable-worker': 'src/portable/main.ts',
  'engine-thread': 'src/portable/wasm/thread.ts',
  /** Loaded when the editor shows the first finding. */
  rules: 'src/check/rules/index.ts',
  /** Loaded only when metrics are asked for: the library behind it is a quarter of the CLI's size. */
  metrics: 'src/worker/host/metrics.ts',
} as const;

export type BundleName = keyof typeof bundles;

export function bundleFile(name: BundleName): string {
  return `${name}.cjs`;
}

/** Does this code run from src/, under tsx, and not from a bundle? */
export const runsFromSource = import.meta.url.endsWith('.ts');

/** Where the code of a bundle is: its entry file when this code runs from src/, else the bundle beside the running one. */
export function bundleLocation(name: BundleName): URL {
  return runsFromSource
    ? new URL(`../../${bundles[name]}`, import.meta.url)
    : new URL(`./${bundleFile(name)}`, import.meta.url);
}
