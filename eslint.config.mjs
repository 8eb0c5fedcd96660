// Biome formats and lints. ESLint adds only rules that need types or the import graph: no forgotten promises, and imports
// that go one way between the folders (docs/architecture.md).
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const layers = {
  base: [],
  wasm: ['base'],
  polkadot: ['base'],
  model: ['base', 'polkadot'],
  runtime: ['base', 'wasm', 'polkadot', 'model'],
  worker: ['base', 'wasm', 'polkadot', 'model'],
  limits: ['base', 'polkadot', 'model'],
  chain: ['base', 'polkadot', 'model', 'limits'],
  toolchain: ['base', 'worker'],
  // The built-in worker and its host share these files of worker/built-in.
  portable: [
    'base',
    'wasm',
    'polkadot',
    'worker/wire',
    'worker/built-in/version.ts',
    'worker/built-in/engine-manifest.ts',
    'worker/built-in/instances.ts',
    'worker/built-in/costs-file.ts',
  ],
  check: ['base', 'wasm', 'polkadot', 'model', 'runtime', 'worker', 'limits', 'chain', 'toolchain'],
  report: ['base', 'model'],
  webview: ['base', 'model'],
  cli: ['base', 'polkadot', 'model', 'runtime', 'worker', 'limits', 'chain', 'toolchain', 'check', 'report'],
  editor: ['base', 'polkadot', 'model', 'runtime', 'worker', 'limits', 'chain', 'toolchain', 'check', 'report'],
};

const zones = [
  ...Object.entries(layers).map(([layer, allowed]) => ({
    target: `./src/${layer}`,
    from: './src',
    except: [`./${layer}`, ...allowed.map((name) => `./${name}`)],
    message: `src/${layer} may import only from: ${[layer, ...allowed].join(', ')}.`,
  })),
  {
    target: './src',
    from: ['./scripts', './test', './engine'],
    message: 'src is what ships. It must not import scripts, tests or the engine.',
  },
  {
    target: './scripts/generate',
    from: './scripts',
    except: ['./generate'],
    message: 'scripts/generate may import only src and the tables of tests.',
  },
  {
    target: './scripts/generate',
    from: './test',
    // A table that a test runs can also be a page of docs.
    except: ['./support'],
    message: 'scripts/generate may import only src and the tables of tests.',
  },
  ...Object.entries({ provision: [], 'vscode-rig': ['provision'], 'chain-rig': ['provision'] }).map(
    ([folder, allowed]) => ({
      target: `./scripts/${folder}`,
      from: './scripts',
      except: [`./${folder}`, ...allowed.map((name) => `./${name}`)],
      message: `scripts/${folder} may import no other scripts${allowed.map((name) => ` than scripts/${name}`).join('')}.`,
    }),
  ),
];

const importRules = {
  'import-x/no-restricted-paths': ['error', { zones }],
  'import-x/no-cycle': 'error',
};

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', 'media', 'engine/target', 'engine/patched', 'examples/tally/target'] },
  {
    files: ['**/*.mjs'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/extensions': ['.mjs'] },
    rules: { 'import-x/no-cycle': 'error' },
  },
  {
    // These run on a fresh clone, before `npm install`, and without TypeScript.
    files: ['scripts/*.mjs', 'engine/*.mjs'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!node:|\\./[^/]+\\.mjs$)',
              message: 'This script runs without packages: it may import only Node and the scripts beside it.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin, 'import-x': importX },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts'] } },
      // Without these two, the plugin does not read the imported files, so it finds no cycle.
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      ...importRules,
    },
  },
  {
    // The editor loads the rules for their titles and docs alone; run.ts is the checker's side.
    files: ['src/check/rules/**/*.ts'],
    ignores: ['src/check/rules/run.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(\\.\\./){2,}(?!\\.\\./|base/|model/)',
              allowTypeImports: true,
              message: 'A rule imports values from src/base and src/model only, everything else as a type.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/editor/**', 'src/extension.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'Only src/editor and src/extension.ts know VS Code.' }] },
      ],
    },
  },
  {
    files: ['src/editor/core/**/*.ts', 'src/editor/check-thread/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'src/editor/core and the check thread run without VS Code.' }] },
      ],
    },
  },
);
