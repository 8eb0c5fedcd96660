/** Schemas for files that users write by hand. Each message describes the expected value. */
import * as v from 'valibot';

/** An object that rejects unknown members, so that a misspelt limit is never silently ignored. */
export function configObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries).join(', ');
  return v.strictObject(entries, ({ expected, input, path }) => {
    if (expected === 'never') return `unknown member ${String(input)}; the known members are ${known}`;
    const missing = path && entries[String(path.at(-1)?.key)];
    return missing ? expectation(missing) : 'must be an object';
  });
}

/** Returns the schema's message for a value of the wrong type. */
function expectation(schema: v.ObjectEntries[string]): string {
  const result = v.safeParse(schema as v.GenericSchema, undefined);
  return result.issues?.[0].message ?? 'is missing';
}

export function nonEmptyText() {
  const message = 'must be a non-empty string';
  return v.pipe(v.string(message), v.nonEmpty(message));
}

export function wholeNumber(least: number) {
  const message = `must be a whole number of at least ${least}`;
  return v.pipe(v.number(message), v.safeInteger(message), v.minValue(least, message));
}

/** A whole number as a JSON number or as a decimal string, which numbers above 2^53 require. */
export function wholeNumberOrText(least: bigint, most: bigint) {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.pipe(
    v.union([v.number(), v.string()], message),
    v.description(`A whole number from ${least} to ${most}. Write numbers above 2^53 as strings.`),
    v.transform(String),
    v.regex(/^\d+$/, message),
    v.transform((text) => BigInt(text)),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
}
