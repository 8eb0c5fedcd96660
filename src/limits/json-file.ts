import { readFile } from 'node:fs/promises';
import type * as v from 'valibot';
import { errorMessage } from '../base/errors.ts';
import { parseValue, type ValueOf } from '../base/schema.ts';

/** A file of the user (profile, budget, baseline) is unusable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads a JSON file that must contain an object. Rejects with a `ConfigError` that names the file. */
export async function readJsonObject(path: string, what: string): Promise<object> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ConfigError(
      `${path}: the ${what} can't be read: ${missing ? 'the file does not exist' : errorMessage(error)}.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${path}: the ${what} is not JSON: ${errorMessage(error)}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError(`${path}: the ${what} must be a JSON object.`);
  }
  return value;
}

/**
 * Validates user input. Throws `ConfigError`.
 * @param where the file, for messages
 */
export function parseConfig<const Schema extends v.GenericSchema>(
  schema: Schema,
  where: string,
  value: unknown,
): ValueOf<Schema> {
  const parsed = parseValue(schema, value);
  if (parsed.kind === 'invalid') throw new ConfigError(`${where}: ${parsed.problem}.`);
  return parsed.value;
}
