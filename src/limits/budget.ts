import { type Budget, budgetKeys } from '../model/measures.ts';
import { type JsonObject, readJsonObject, refuseUnknownMembers, wholeNumber } from './json-file.ts';

/** Reads a budget file. Rejects with `ConfigError`. */
export async function loadBudget(path: string): Promise<Budget> {
  const object: JsonObject = await readJsonObject(path, 'budget');
  refuseUnknownMembers(path, object, budgetKeys);
  const given = budgetKeys.filter((name) => object[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, wholeNumber(path, object, name, 1)]));
}
