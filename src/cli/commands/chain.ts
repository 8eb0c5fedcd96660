import { omitUndefined } from '../../base/omit-undefined.ts';
import { formatMillis } from '../../base/units.ts';
import { type ChainProgress, checkChain } from '../../check/chain/check-chain.ts';
import type { PreparePlan } from '../../check/check-plan.ts';
import { CheckSession } from '../../check/session.ts';
import { ConfigError } from '../../limits/json-file.ts';
import { command, commonOptions, reportOptions } from '../command.ts';
import { type CliContext, checkSettings } from '../context.ts';
import { type ExitCode, exitCodeOf, UsageError } from '../exit-code.ts';
import { deliverEntries } from '../inputs-and-reports.ts';
import type { OptionName, Options } from '../options.ts';

const optionNames = [
  ...reportOptions,
  'rpc',
  'workers',
  'trustWorkspace',
  'instances',
  'wireRevision',
  'timeout',
  'memoryLimit',
  'kind',
  'budget',
  'allow',
  'nodes',
  'metadata',
  'jobs',
  'shard',
  'fresh',
  ...commonOptions,
] as const satisfies readonly OptionName[];

type ChainOptions = Options<(typeof optionNames)[number]>;

export const chain = command({
  name: 'chain',
  summary: 'prepare the current and the pending code of every parachain of a relay chain, and print a table',
  options: optionNames,
  examples: [
    ['pvf chain --rpc wss://rpc.example.org', 'would validators still accept every code?'],
    ['pvf chain --rpc wss://rpc.example.org --worker ./old-worker --worker ./new-worker', 'does a new worker differ?'],
    ['pvf chain --rpc wss://rpc.example.org --shard 2/4 --json --output part-2.json', 'one of four machines'],
  ],
  run: runChain,
});

/** Reports on every code. Returns the worst exit code. */
async function runChain(_: readonly string[], options: ChainOptions, context: CliContext): Promise<ExitCode> {
  const { environment, workspace, signal, progress } = context;
  const { rpc, jobs = 1, shard, fresh = false, workers, ...others } = options;
  if (rpc === undefined) throw new UsageError('Give the endpoint of a relay chain: --rpc <url>.');
  progress.show(`Connecting to ${rpc}`);
  await using live = await environment.openChain(rpc, { signal });
  if (live.kind !== 'relay') {
    throw new ConfigError(`${rpc} is a parachain. pvf prepare --rpc ${rpc} checks its code.`);
  }
  await using session = new CheckSession(environment, { host: { maxWorkers: jobs } });
  const named: readonly (string | undefined)[] = workers ?? [undefined];
  const plans: PreparePlan[] = [];
  for (const worker of named) {
    const settings = checkSettings({ ...others, rpc, ...omitUndefined({ worker }) }, workspace);
    const inputs = plans[0]?.inputs ?? (await session.loadInputs(settings, signal, live));
    plans.push({ kind: 'prepare', settings, inputs, choice: await session.chooseWorker(settings, signal) });
  }
  progress.show(`Reading the codes of ${live.specName}`);
  const shown = progressOn(live.specName, context);
  const check = { chain: live, session, environment, plans, jobs, isFresh: fresh, signal, ...omitUndefined({ shard }) };
  try {
    const entries = await checkChain({ ...check, onProgress: shown.update });
    await deliverEntries(entries, options, context, { isList: true, isTable: true });
    return exitCodeOf(entries);
  } catch (error) {
    if (signal.aborted) shown.tellKept();
    throw error;
  }
}

/** Without a terminal, a line says after each such share of the work how far it is. */
const PLAIN_STEP = 0.1;

function progressOn(chainName: string, { progress: line, streams: { err } }: CliContext) {
  let last: ChainProgress | undefined;
  let printed = 0;
  const started = performance.now();
  const countText = ({ done, total }: ChainProgress) => `${done} of ${total} codes`;
  return {
    update: (progress: ChainProgress) => {
      const { share, expectedMs } = progress;
      if (last === undefined) line.show(`Preparing the codes of ${chainName}`, expectedMs);
      last = progress;
      line.advance({ text: countText(progress), share });
      if (err.isTTY || share < printed + PLAIN_STEP) return;
      printed = share;
      const elapsed = performance.now() - started;
      const left = share < 1 ? `, about ${formatMillis(elapsed / share - elapsed)} left` : '';
      err.write(`${countText(progress)} after ${formatMillis(elapsed)}${left}\n`);
    },
    tellKept: () => {
      line.clear();
      if (last !== undefined && last.done > 0)
        err.write(`${countText(last)} are done; the next run goes on from there.\n`);
    },
  };
}
