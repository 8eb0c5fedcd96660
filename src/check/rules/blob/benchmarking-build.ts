import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { importList } from './import-list.ts';

export const benchmarkingBuild: Rule<'blob'> = {
  id: 'benchmarking-build',
  about: 'blob',
  severity: 'error',
  place: 'manifest',
  title: 'The runtime was built with runtime-benchmarks.',
  docs: paragraphs(`
    The feature \`runtime-benchmarks\` adds code that only benchmarks need. With it, the module imports
    \`ext_benchmarking_*\` host functions. Validators accept that, but a node that is not built for benchmarks refuses the
    runtime, so the chain stops (Astar PR 1388). A runtime API \`Benchmark\` without these imports is a warning: it does
    not belong in a release.

    Build the release without \`--features runtime-benchmarks\`. If you did not set it, a dependency enables it: look for
    it with \`cargo tree -e features\`.
  `),
  run({ facts: { exports = [], missingImports = [], runtimeApis } }) {
    const imports = missingImports.filter(({ family }) => family === 'benchmarking');
    const hint =
      'Build the release without the feature runtime-benchmarks. A workspace build enables it for all crates.';
    if (imports.length > 0) {
      return [
        {
          message: `The runtime was built with runtime-benchmarks: it imports ${importList(imports)}.`,
          hint: `Only nodes for benchmarks offer these host functions; others refuse to run it. ${hint}`,
          data: { count: imports.length },
        },
      ];
    }
    if (
      !runtimeApis?.some(({ name }) => name === 'Benchmark') &&
      !exports.some(({ name }) => name.startsWith('Benchmark_'))
    )
      return [];
    const message = 'The runtime has the runtime API Benchmark, so it was built with runtime-benchmarks.';
    return [{ severity: 'warning', message, hint }];
  },
};
