import type { BigIntStats } from 'node:fs';
import type * as v from 'valibot';
import { errorMessage } from '../base/errors.ts';
import { openRegularFile } from '../base/open-regular-file.ts';
import { parseValue, type ValueOf } from '../base/schema.ts';
import { formatBytes } from '../base/units.ts';

/** A file of the user (profile, budget, baseline) is unusable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /** @param isMissing the file does not exist */
  constructor(
    message: string,
    readonly isMissing = false,
  ) {
    super(message);
  }
}

/** A plain chain spec, the largest of these files, has 5 to 20 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface JsonFile {
  readonly value: object;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** Reads a JSON file that must contain an object. Rejects with a `ConfigError` that names the file. */
export async function readJsonObject(path: string, what: string): Promise<object> {
  return (await readJsonFile(path, what)).value;
}

/** Like `readJsonObject`, with the time of the last change. */
export async function readJsonFile(path: string, what: string): Promise<JsonFile> {
  const { text, modifiedMs } = await readText(path, what, MAX_BYTES);
  const value = parseText(text, path, what);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError(`${path}: the ${what} must be a JSON object.`);
  }
  return { value, modifiedMs };
}

/** Reads a JSON file with any value. Rejects with a `ConfigError` that names the file. */
export async function readJson(path: string, what: string, maxBytes = MAX_BYTES): Promise<unknown> {
  return parseText((await readText(path, what, maxBytes)).text, path, what);
}

function parseText(text: string, path: string, what: string): unknown {
  try {
    // Windows editors begin files with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ConfigError(`${path}: the ${what} is not JSON: ${errorMessage(error)}.`);
  }
}

/** Never waits for a FIFO, never opens a device, and reads at most `maxBytes`. */
async function readText(path: string, what: string, maxBytes: number): Promise<{ text: string; modifiedMs: number }> {
  const reject = (reason: string, isMissing = false): never => {
    throw new ConfigError(`${path}: the ${what} can't be read: ${reason}.`, isMissing);
  };
  const accept = (stats: BigIntStats) => {
    if (!stats.isFile()) reject(`it is ${fileKind(stats)}`);
    if (stats.size > maxBytes) {
      reject(`it has ${formatBytes(Number(stats.size))}, more than ${formatBytes(maxBytes)}`);
    }
  };
  try {
    const { handle, stats } = await openRegularFile(path, accept);
    await using file = handle;
    const bytes = Buffer.alloc(Number(stats.size));
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { text: bytes.toString('utf8', 0, length), modifiedMs: Number(stats.mtimeMs) };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return reject(missing ? 'the file does not exist' : errorMessage(error), missing);
  }
}

function fileKind(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe (FIFO)';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
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
