import * as v from 'valibot';
import { type BudgetKey, type Measure, measures } from '../model/measures.ts';
import { budgetParts, type TeamBudget } from '../model/team-budget.ts';
import { configObject, nonEmptyText, wholeNumber } from './config-schema.ts';
import { parseConfig, readJsonObject } from './json-file.ts';

const figures = entriesFor(limitOn);

/** A budget sets a team's own limits, below those of the relay chain. It has a member for every measured figure. */
export const budgetSchema = configObject({
  ...figures,
  crates: bytesByName(budgetParts.crates.about),
  pallets: bytesByName(budgetParts.pallets.about),
  growth: v.exactOptional(
    v.pipe(
      configObject(entriesFor(growthOf)),
      v.description('How much a figure may grow since the baseline, as a share: 0.05 is 5 %.'),
    ),
  ),
}) satisfies v.GenericSchema<unknown, TeamBudget>;

function entriesFor<Schema>(of: (measure: Measure) => Schema) {
  return Object.fromEntries(measures.map((measure) => [measure.budgetKey, of(measure)])) as {
    readonly [Key in BudgetKey]: Schema;
  };
}

function limitOn({ subject, unit }: Measure) {
  const description = `${subject}, in ${unit === 'bytes' ? 'bytes' : 'milliseconds'}.`;
  return v.exactOptional(v.pipe(wholeNumber(1), v.description(description)));
}

function growthOf({ subject }: Measure) {
  const message = 'must be a share of at least 0, such as 0.05 for 5 %';
  return v.exactOptional(
    v.pipe(
      v.number(message),
      v.finite(message),
      v.minValue(0, message),
      v.description(`${subject}: by which share it may grow.`),
    ),
  );
}

function bytesByName(about: string) {
  return v.exactOptional(
    v.pipe(
      v.record(nonEmptyText(), wholeNumber(1), 'must be an object with a number of bytes for each name'),
      v.description(`${about} Bytes in the decompressed module, by name.`),
    ),
  );
}

/** Reads a budget file. Rejects with `ConfigError`. */
export async function loadBudget(path: string): Promise<TeamBudget> {
  return parseConfig(budgetSchema, path, await readJsonObject(path, 'budget'));
}
