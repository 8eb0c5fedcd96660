import * as v from 'valibot';
import { type Budget, type BudgetKey, type Measure, measures } from '../model/measures.ts';
import { configObject, wholeNumber } from './config-schema.ts';
import { parseConfig, readJsonObject } from './json-file.ts';

const entries = Object.fromEntries(measures.map((measure) => [measure.budgetKey, limitOn(measure)]));

/** A budget file sets a team's own limits, below those of the relay chain. It has a member for every measured figure. */
export const budgetSchema = configObject(
  entries as { readonly [Key in BudgetKey]: ReturnType<typeof limitOn> },
) satisfies v.GenericSchema<unknown, Budget>;

function limitOn({ subject, unit }: Measure) {
  const description = `${subject}, in ${unit === 'bytes' ? 'bytes' : 'milliseconds'}.`;
  return v.exactOptional(v.pipe(wholeNumber(1), v.description(description)));
}

/** Reads a budget file. Rejects with `ConfigError`. */
export async function loadBudget(path: string): Promise<Budget> {
  return parseConfig(budgetSchema, path, await readJsonObject(path, 'budget'));
}
