import { readPageAssets } from '../../base/page-assets.ts';
import { compareFiles } from '../../check/compare-files.ts';
import { CheckSession } from '../../check/session.ts';
import { comparisonFormats, formatComparison } from '../../report/comparison-format.ts';
import { command, commonOptions, limitOptions } from '../command.ts';
import { checkSettings } from '../context.ts';
import { exitCodeOf, UsageError } from '../exit-code.ts';
import { writeNamed } from '../named-file.ts';
import { formatOf } from '../options.ts';
import { wantsColour, write } from '../streams.ts';

export const compare = command({
  name: 'compare',
  summary: 'show what changed from one runtime to another; no worker runs, but their code does, to read metadata',
  arguments: '<old> <new>',
  options: ['json', 'format', 'output', 'config', ...limitOptions, 'baselineIs', 'allow', ...commonOptions],
  examples: [
    ['pvf compare old.compact.compressed.wasm new.compact.compressed.wasm', 'growth, imports, versions, metadata'],
    ['pvf compare --baseline-is chain on-chain.wasm new.wasm', 'would the chain take the upgrade?'],
    ['pvf compare --format html --output growth.html old.wasm new.wasm', 'the comparison as one HTML file with charts'],
    ['pvf compare main.json branch.json', 'two JSON reports of pvf prepare, with their times'],
  ],
  run: async ([older = '', newer = ''], options, context) => {
    const { environment, streams, progress, signal, workspace } = context;
    const format = comparisonFormats.find((known) => known === formatOf(options));
    if (format === undefined) {
      throw new UsageError(`--format ${options.format}: a comparison is one of ${comparisonFormats.join(', ')}.`);
    }
    const { baselineIs = 'build', ...others } = options;
    await using session = new CheckSession(environment);
    const settings = { ...checkSettings(others, workspace), metadata: {}, sizes: { depth: 'functions' } } as const;
    progress.show('Comparing');
    const comparison = await compareFiles({ path: older }, { path: newer }, { session, settings, baselineIs, signal });
    progress.clear();
    const colour = options.output === undefined && wantsColour(streams.out, environment.processEnv);
    const text = formatComparison(comparison, format, {
      colour,
      ...(format === 'html' && { page: await readPageAssets() }),
    });
    await (options.output === undefined ? write(streams.out, text) : writeNamed('--output', options.output, text));
    return exitCodeOf([comparison.newer]);
  },
});
