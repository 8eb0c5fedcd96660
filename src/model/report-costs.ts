/** What each function costs to prepare, in a report. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { bytes, count, millis } from './report-values.ts';

const functionCostSchema = v.object({
  name: v.exactOptional(v.pipe(v.string(), v.description('From the name section, readable.'))),
  index: v.pipe(count, v.description('In the function index space, in which imported functions come first.')),
  compileTimeMs: millis,
  machineCodeBytes: bytes,
  bytes: v.pipe(bytes, v.description('Size of the body in the decompressed module.')),
});

export const costsSummarySchema = v.pipe(
  v.object({
    compileTimeMs: v.pipe(millis, v.description('Sum over all functions.')),
    engineCpuTimeMs: v.pipe(
      millis,
      v.description(
        'CPU time of the whole engine on this machine: `compileTimeMs` and everything that is no function’s own, such as validation and linking.',
      ),
    ),
    machineCodeBytes: v.pipe(bytes, v.description('Sum over all functions.')),
    measuredFunctions: count,
    functions: v.pipe(v.array(functionCostSchema), v.description('The 50 that took longest, the longest first.')),
  }),
  v.description(
    'What each function costs to prepare: CPU time of the engine of the built-in worker on this machine, and machine code. ' +
      'Present after a preparation with `--costs` by the built-in worker.',
  ),
);

export type CostsSummary = ValueOf<typeof costsSummarySchema>;
