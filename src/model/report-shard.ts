/** Which part of a list a report is of, where several machines check the parts. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { count } from './report-values.ts';

const fromOne = v.pipe(count, v.minValue(1, 'must be at least 1'));

export const shardSummarySchema = v.pipe(
  v.object({
    index: v.pipe(fromOne, v.description('The part, from 1 on.')),
    count: v.pipe(fromOne, v.description('The number of parts.')),
    position: v.pipe(count, v.description('The place of this entry in the whole list, from 0 on.')),
    total: v.pipe(fromOne, v.description('The number of entries of the whole list.')),
    list: v.pipe(v.string(), v.description('Identifies the whole list: the same in every part of it.')),
  }),
  v.description('The part of a list (`--shard 2/3`). Absent: the whole was checked.'),
);

export type ShardSummary = ValueOf<typeof shardSummarySchema>;
