/** The limits in a report. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { limitIds } from './measures.ts';
import { amount, day } from './report-values.ts';

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
  items: v.array(limitItemSchema),
});

export type LimitItem = ValueOf<typeof limitItemSchema>;
export type LimitsSummary = ValueOf<typeof limitsSummarySchema>;
