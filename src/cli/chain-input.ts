import type { ChainReader } from '../chain/chain-reader.ts';
import { chainBaselineName } from '../check/chain/live-chain.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './exit-code.ts';
import { type ReadInput, readAll, readFromChain } from './inputs-and-reports.ts';
import type { Options } from './options.ts';
import { namedOrTeamFiles } from './team-config.ts';

type InputOptions = Options<'rpc' | 'para' | 'baseline' | 'shard' | 'json' | 'format' | 'output'>;

/**
 * The files of the command line, else the runtimes of `pvf.json`. Empty when the options name a parachain to take the code of.
 * Rejects with `UsageError` or `ConfigError`.
 */
export async function filesToCheck(
  named: readonly string[],
  { para, baseline, shard }: InputOptions,
  context: CliContext,
): Promise<readonly string[]> {
  const isOfChain = para !== undefined && baseline !== chainBaselineName;
  if (named.length > 0 && isOfChain) {
    throw new UsageError(
      '--para with a file needs --baseline chain. Without a file, the code of the chain is checked.',
    );
  }
  if (!isOfChain) return namedOrTeamFiles(named, context);
  if (shard !== undefined) throw new UsageError('--shard needs files. pvf chain --shard splits the codes of a chain.');
  return [];
}

/** Connects to the chain of `--rpc`, if there is one. Rejects with `ChainError`, or the signal's reason. */
export async function openNamedChain(
  { rpc }: Options<'rpc'>,
  { environment, progress, signal }: Pick<CliContext, 'environment' | 'progress' | 'signal'>,
): Promise<ChainReader | undefined> {
  if (rpc === undefined) return undefined;
  progress.show(`Connecting to ${rpc}`);
  return environment.openChain(rpc, { signal });
}

/** Reads the files, or else the codes that the chain has of the parachain. */
export async function readInputs(
  files: readonly string[],
  chain: ChainReader | undefined,
  options: InputOptions & Options<'para'>,
  context: CliContext,
): Promise<readonly ReadInput[]> {
  if (files.length > 0 || chain === undefined) return readAll(files, options, context);
  context.progress.show(`Reading the code from ${chain.specName}`);
  return readFromChain(chain, options);
}
