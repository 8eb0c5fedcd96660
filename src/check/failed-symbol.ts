import { messageOf } from '../polkadot/prepare-error.ts';
import { readableName } from '../runtime/symbols/symbols.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import { prepareErrorOf } from './outcome-summary.ts';
import { failedFunction } from './rules/prepare-errors/failed-function.ts';

/** The demangled name of the function that the error of a preparation is about. Undefined when its text has no symbol. */
export async function failedSymbol(outcome: Outcome): Promise<string | undefined> {
  const error = prepareErrorOf(outcome);
  const symbol = error && failedFunction(messageOf(error))?.symbol;
  return symbol && readableName(Buffer.from(symbol));
}
