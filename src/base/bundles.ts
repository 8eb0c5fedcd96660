/** The bundles of this package and their entry files. esbuild.mjs builds one file in dist/ from each. */
export const bundles = {
  /** What VS Code loads. */
  extension: 'src/extension.ts',
  /** The `pvf` command. */
  cli: 'src/cli/main.ts',
  /** The extension's thread that runs the checks. */
  'check-thread': 'src/editor/check-thread/main.ts',
  'inspect-thread': 'src/runtime/inspect-thread.ts',
  /** The thread that runs a runtime's code to get its metadata. Holds the interpreter. */
  metadata: 'src/runtime/metadata/metadata-thread.ts',
  /** The process that reads a live chain. Holds what decodes by a chain's metadata. */
  'chain-process': 'src/chain/process/main.ts',
  /** The process of the built-in prepare worker, and its threads. */
  'portable-worker': 'src/portable/main.ts',
  'engine-thread': 'src/portable/wasm/thread.ts',
  /** Loaded when the editor shows the first finding. */
  rules: 'src/check/rules/index.ts',
  /** Loaded only when metrics are requested, because its library is a quarter of the CLI's size. */
  metrics: 'src/worker/host/metrics.ts',
} as const;

export type BundleName = keyof typeof bundles;

export function bundleFile(name: BundleName): string {
  return `${name}.cjs`;
}

/** The pages that a browser shows, each a script and a style sheet. esbuild.mjs builds them. */
export const pages = {
  /** The charts. */
  charts: {
    sources: { script: 'src/webview/main.ts', style: 'src/webview/style/page.css' },
    files: { script: 'dist/media/page.js', style: 'dist/media/page.css' },
  },
  /** The editor for runtimes. */
  blob: {
    sources: { script: 'src/webview/blob/main.ts', style: 'src/webview/blob/blob-page.css' },
    files: { script: 'dist/media/blob-page.js', style: 'dist/media/blob-page.css' },
  },
} as const;

/** Whether this code runs from src/ under tsx instead of from a bundle. */
export const runsFromSource = import.meta.url.endsWith('.ts');

/** The bundle's entry file when this code runs from src/, else the bundle in the folder of the running one. */
export function bundleLocation(name: BundleName): URL {
  return runsFromSource
    ? new URL(`../../${bundles[name]}`, import.meta.url)
    : new URL(`./${bundleFile(name)}`, import.meta.url);
}

/** The folder of this package, for code in src/ and in dist/. */
export const packageFolder = new URL(runsFromSource ? '../../' : '../', import.meta.url);

export const mediaFolder = new URL('media/', packageFolder);
