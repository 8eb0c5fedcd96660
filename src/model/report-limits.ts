/** The limits in a report. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { limitIds } from './measures.ts';
import { amount, count, day, hash } from './report-values.ts';

export const limitIdSchema = v.pipe(
  v.picklist(limitIds),
  v.description("`*-budget` items come from the user's own budget file, the others from the profile."),
);

export const limitItemSchema = v.object({
  id: limitIdSchema,
  used: amount,
  limit: amount,
  ratio: v.pipe(amount, v.description('used / limit')),
  level: v.picklist(['ok', 'near', 'over']),
});

export const limitsSummarySchema = v.object({
  profile: v.string(),
  source: v.pipe(v.string(), v.description("The source of the profile's values.")),
  date: v.pipe(day, v.description('ISO 8601 day on which the values were read.')),
  notes: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('What is not known of the limits, or was derived: one clause each.')),
  ),
  items: v.array(limitItemSchema),
  block: v.exactOptional(
    v.pipe(v.object({ number: count, hash }), v.description('The relay block at which the values were read.')),
  ),
  pending: v.exactOptional(
    v.pipe(
      v.array(
        v.object({
          fromSession: v.exactOptional(v.pipe(count, v.description('The session from which it holds.'))),
          items: v.array(limitItemSchema),
          vote: v.exactOptional(v.picklist(['accept', 'reject', 'undecided'])),
        }),
      ),
      v.description(
        'The same with the scheduled limits, the earliest first. Absent: none are scheduled, or none are known.',
      ),
    ),
  ),
});

export type LimitItem = ValueOf<typeof limitItemSchema>;
export type LimitsSummary = ValueOf<typeof limitsSummarySchema>;
