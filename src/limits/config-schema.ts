/** Schemas for what a user writes by hand: each message says what is wanted, and unknown members are refused. */
import * as v from 'valibot';

/** An object that refuses unknown members: a misspelt limit must not be silently without effect. */
export function configObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries).join(', ');
  return v.strictObject(entries, ({ expected, input, path }) => {
    if (expected === 'never') return `unknown member ${String(input)}; known are ${known}`;
    const missing = path && entries[String(path.at(-1)?.key)];
    return missing ? whatIsWanted(missing) : 'must be an object';
  });
}

/** The message that the schema has for a value of the wrong type. */
function whatIsWanted(schema: v.ObjectEntries[string]): string {
  const result = v.safeParse(schema as v.GenericSchema, undefined);
  return result.issues?.[0].message ?? 'is missing';
}

export function nonEmptyText() {
  const message = 'must be a non-empty text';
  return v.pipe(v.string(message), v.nonEmpty(message));
}

export function wholeNumber(least: number) {
  const message = `must be a whole number of at least ${least}`;
  return v.pipe(v.number(message), v.safeInteger(message), v.minValue(least, message));
}

/** A whole number as a JSON number or as decimal text, which numbers above 2^53 need. */
export function wholeNumberOrText(least: bigint, most: bigint) {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.pipe(
    v.union([v.number(), v.string()], message),
    v.description(`A whole number from ${least} to ${most}. Write it as text where it is larger than 2^53.`),
    v.transform(String),
    v.regex(/^\d+$/, message),
    v.transform((text) => BigInt(text)),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
}
