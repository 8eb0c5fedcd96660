import type { Fail } from '../../limits/foreign-json.ts';
import type { ChainFault } from '../chain-reader.ts';
import type { ChainFailure } from '../messages.ts';

/** The process can't read what it was asked for. */
export class ReadFailure extends Error implements ChainFailure {
  override readonly name = 'ReadFailure';

  /** The first two are clauses. */
  constructor(
    override readonly cause: string,
    readonly remedy: string,
    readonly fault: ChainFault = 'connection',
  ) {
    super(`${cause}. ${remedy}`);
  }
}

export const otherEndpoint = 'Try another endpoint of the chain';

/** For values in the state of the chain. */
export const failOnValue: Fail = (where, problem) => {
  throw new ReadFailure(`${where} ${problem}`, otherEndpoint);
};

/** What this tool does not expect is a failure, too: a server decides what is decoded. */
export function failureOf(error: unknown): ChainFailure {
  if (error instanceof ReadFailure) {
    const { cause, remedy, fault } = error;
    return { cause, remedy, fault };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { cause: `the answer can't be used (${text.slice(0, 200)})`, remedy: otherEndpoint };
}
