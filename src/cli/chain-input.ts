import type { ChainReader } from '../chain/chain-reader.ts';
import { chainBaselineName } from '../check/chain/live-chain.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './exit-code.ts';
import { type ReadInput, readAll, readFromChain } from './inputs-and-reports.ts';
import type { Options } from './options.ts';

type InputOptions = Options<'rpc' | 'para' | 'baseline' | 'shard' | 'json' | 'format' | 'output'>;

/** Throws `UsageError` unless the command line names files, or a parachain to take the code of. */
export function checkInputOptions(files: readonly string[], { rpc, para, baseline, shard }: InputOptions): void {
  if (files.length > 0) {
    if (para !== undefined && baseline !== chainBaselineName) {
      throw new UsageError(
        '--para with a file needs --baseline chain. Without a file, the code of the chain is checked.',
      );
    }
    return;
  }
  if (rpc === undefined) throw new UsageError('Give a file, or --rpc <url> and --para <id>.');
  if (baseline === chainBaselineName) throw new UsageError('--baseline chain needs a file to compare with the chain.');
  if (shard !== undefined) throw new UsageError('--shard needs files. pvf chain --shard splits the codes of a chain.');
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
