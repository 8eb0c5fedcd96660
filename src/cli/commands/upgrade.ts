import path from 'node:path';
import { toHex } from '../../base/bytes.ts';
import { readBlobOrReport } from '../../check/baseline.ts';
import { CheckSession } from '../../check/session.ts';
import { checkUpgrade } from '../../check/upgrade/check-upgrade.ts';
import type { MadeCalls } from '../../check/upgrade/upgrade-calls.ts';
import type { Report } from '../../model/report.ts';
import { formatUpgrade, upgradeFormats } from '../../report/upgrade-format.ts';
import { type RuntimeBlob, readRuntime } from '../../runtime/blob.ts';
import { InputError } from '../../runtime/input-error.ts';
import { openNamedChain } from '../chain-input.ts';
import { command, commonOptions, limitOptions } from '../command.ts';
import { checkSettings } from '../context.ts';
import { exitCodeOf, UsageError } from '../exit-code.ts';
import { writeNamed } from '../named-file.ts';
import { formatOf } from '../options.ts';
import { wantsColour, write } from '../streams.ts';
import { progressOn } from './prepare.ts';

export const upgrade = command({
  name: 'upgrade',
  summary: 'prepare a runtime, and list all that has to happen until a chain runs it, with the call data',
  arguments: '<file>',
  options: [
    'json',
    'format',
    'output',
    'callFile',
    'prepare',
    'worker',
    'trustWorkspace',
    'instances',
    'wireRevision',
    ...limitOptions,
    'para',
    'timeout',
    'memoryLimit',
    'config',
    'near',
    'budget',
    'baseline',
    'token',
    'allow',
    'nodes',
    ...commonOptions,
  ],
  examples: [
    ['pvf upgrade my_runtime.compact.compressed.wasm', 'the checklist, with the call data as hex'],
    [
      'pvf upgrade --rpc wss://rpc.example.org --para 2034 --format markdown my_runtime.compact.compressed.wasm',
      'a page for the referendum, with what the relay chain says now',
    ],
    ['pvf upgrade --baseline on-chain.wasm my_runtime.compact.compressed.wasm', 'against the code that the chain runs'],
    ['pvf upgrade report.json', 'from the JSON report of pvf prepare, without preparing again'],
  ],
  run: async ([file = ''], { callFile, prepare = true, ...options }, context) => {
    const { environment, streams, progress, signal, workspace } = context;
    const format = upgradeFormats.find((known) => known === formatOf(options));
    if (format === undefined) {
      throw new UsageError(`--format ${options.format}: a checklist is one of ${upgradeFormats.join(', ')}.`);
    }
    const isOfChain = options.baseline === undefined ? {} : ({ baselineIs: 'chain' } as const);
    const settings = checkSettings({ ...options, ...isOfChain, metadata: true }, workspace);
    const { blob, report } = await readInput(file, signal);
    await using chain = await openNamedChain(settings, context);
    await using session = new CheckSession(environment);
    const { checklist, calls } = await checkUpgrade(blob, {
      ...{ session, settings, signal },
      kind: prepare ? 'prepare' : 'inspect',
      onProgress: progressOn(progress, path.basename(file)),
      ...(chain && { chain }),
      ...(report && { report }),
    });
    progress.clear();
    const colour = options.output === undefined && wantsColour(streams.out, environment.processEnv);
    const text = formatUpgrade(checklist, format, { colour });
    await (options.output === undefined ? write(streams.out, text) : writeNamed('--output', options.output, text));
    if (callFile !== undefined) await writeCall(callFile, calls);
    return exitCodeOf([checklist]);
  },
});

interface Input {
  readonly blob?: RuntimeBlob;
  readonly report?: Report;
}

/** A blob, or a JSON report with the blob that it names, if that is still the same. Rejects with `ConfigError`. */
async function readInput(file: string, signal: AbortSignal): Promise<Input> {
  const read = await readBlobOrReport(file, 'runtime', signal);
  if (read.kind === 'blob') return { blob: read.blob };
  const { report } = read;
  const blob = await readRuntime(report.runtime.path, { signal }).catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
  return blob?.codeHash === report.runtime.codeHash ? { blob, report } : { report };
}

/** As hex, like the calls in the checklist. Rejects with `UsageError` or `MachineError`. */
async function writeCall(target: string, calls: MadeCalls): Promise<void> {
  if (calls.kind === 'none') throw new UsageError(`--call-file ${target}: there is no call data. ${calls.reason}`);
  const call = calls.calls.find(({ id }) => id === 'apply' || id === 'set-code');
  if (call === undefined) throw new UsageError(`--call-file ${target}: no call contains the code.`);
  const digits = call.parts.map((part) => toHex(part).slice(2)).join('');
  await writeNamed('--call-file', target, `0x${digits}\n`);
}
