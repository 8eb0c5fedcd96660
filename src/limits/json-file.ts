import { readFile } from 'node:fs/promises';
import { errorMessage } from '../base/errors.ts';

/** A file of the person's (profile, budget, baseline) that can't be used. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a JSON file that must hold an object. Rejects with `ConfigError`, which names the file. */
export async function readJsonObject(path: string, what: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ConfigError(
      `${path}: the ${what} can't be read: ${missing ? 'there is no such file' : errorMessage(error)}.`,
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
  return value as JsonObject;
}

/** Fails on a member that is not among the known: a misspelt limit must not be silently without effect. */
export function refuseUnknownMembers(path: string, object: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(object).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ConfigError(`${path}: unknown member ${unknown.join(', ')}; known are ${known.join(', ')}.`);
  }
}

/** A member that must be a whole number of at least `least`. */
export function wholeNumber(path: string, object: JsonObject, name: string, least: number): number {
  const value = object[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw new ConfigError(`${path}: ${name} must be a whole number of at least ${least}.`);
  }
  return value;
}

/** A member that must be text. */
export function text(path: string, object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value !== 'string' || value === '') throw new ConfigError(`${path}: ${name} must be a text.`);
  return value;
}
