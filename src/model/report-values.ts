/** Schemas of the values in a report. */
import * as v from 'valibot';

const NEGATIVE = 'must not be negative';

export const count = v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0, NEGATIVE));
export const bytes = count;
export const millis = v.pipe(v.number(), v.minValue(0, NEGATIVE));
/** A figure in any unit. */
export const amount = millis;

/** A 32-byte hash as 0x-hex. */
export const hash = v.pipe(v.string(), v.regex(/^0x[0-9a-f]{64}$/, 'must be 0x and 64 hex digits in lower case'));

/** ISO 8601 day. */
export const day = v.pipe(v.string(), v.regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'must look like 2026-11-23'));

/** ISO 8601 time in UTC. */
export const utcTime = v.pipe(
  v.string(),
  v.regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$/, 'must look like 2026-11-23T21:30:00Z'),
);
