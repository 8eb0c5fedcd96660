// Biome formats and lints; ESLint adds only what needs types or the import graph:
// forgotten promises, and the one-way imports of the house (base <- runtime, worker <- check <- report <- cli, editor).
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const layers = {
  base: [],
  runtime: ['base'],
  worker: ['base'],
  portable: ['base', 'worker/wire'],
  check: ['base', 'runtime', 'worker'],
  report: ['base', 'check'],
  cli: ['base', 'runtime', 'worker', 'check', 'report'],
  editor: ['base', 'runtime', 'worker', 'check', 'report'],
  webview: ['base', 'report'],
};

const zones = Object.entries(layers).map(([layer, allowed]) => ({
  target: `./src/${layer}`,
  from: './src',
  except: [`./${layer}`, ...allowed.map((name) => `./${name}`)],
  message: `src/${layer} may import only from: ${[layer, ...allowed].join(', ')}.`,
}));

const importRules = {
  'import-x/no-restricted-paths': ['error', { zones }],
  'import-x/no-cycle': 'error',
};

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', 'media', 'engine'] },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin, 'import-x': importX },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts'] } } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      ...importRules,
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
);
