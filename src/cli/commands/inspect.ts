import { omitUndefined } from '../../base/omit-undefined.ts';
import type { CheckResult } from '../../check/check-runtime.ts';
import type { CheckSettings } from '../../check/check-settings.ts';
import { CheckSession } from '../../check/session.ts';
import type { SizesRequest } from '../../runtime/sizes/read-sizes.ts';
import { whyNotRecompress } from '../../runtime/sizes/recompress.ts';
import { filesToCheck, openNamedChain, readInputs } from '../chain-input.ts';
import { checkOptions, command, commonOptions, limitOptions, reportOptions } from '../command.ts';
import { checkSettings } from '../context.ts';
import { blobsOf, deliver, exitCodeFor } from '../inputs-and-reports.ts';
import { formatOf, type Options } from '../options.ts';

export const inspect = command({
  name: 'inspect',
  summary: 'report sizes, versions and findings of runtime blobs; no worker runs',
  arguments: '[file...]',
  options: [
    ...reportOptions,
    ...limitOptions,
    'para',
    ...checkOptions,
    'top',
    'why',
    'recompress',
    'history',
    ...commonOptions,
  ],
  examples: [
    ['pvf inspect --json my_runtime.compact.compressed.wasm', 'sizes, code hash, version and findings as JSON'],
    ['pvf inspect --top 20 --why pallet_xcm my_runtime.wasm', 'what is large, and what keeps it'],
  ],
  run: async (named, options, context) => {
    const files = await filesToCheck(named, options, context);
    const { environment, signal } = context;
    const missing = options.recompress ? whyNotRecompress() : undefined;
    if (missing !== undefined) environment.log.warn(missing);
    const settings: CheckSettings = { ...checkSettings(options, context.workspace), sizes: sizesRequest(options) };
    await using session = new CheckSession(environment);
    await using chain = await openNamedChain(settings, context);
    const inputs = await session.loadInputs(settings, signal, chain);
    const read = await readInputs(files, chain, options, context);
    const isRecorded = options.history !== false && files.length > 0;
    const results: CheckResult[] = [];
    for (const blob of blobsOf(read)) {
      const run = { signal, isForced: true, isRecorded };
      results.push(await session.checkBlob(blob, { kind: 'inspect', settings, inputs }, run));
    }
    await deliver(read, results, options, context);
    return exitCodeFor(
      read,
      results.map(({ report }) => report),
    );
  },
});

/** Only JSON, lists and the treemap show functions. */
function sizesRequest(options: Options<'json' | 'format' | 'top' | 'why' | 'recompress'>): SizesRequest {
  const { top, why, recompress } = options;
  const hasFunctions = ['json', 'html'].includes(formatOf(options)) || top !== undefined;
  const depth = hasFunctions ? 'functions' : 'crates';
  return { depth, ...omitUndefined({ retained: top, why, recompress }) };
}
