import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { configObject, nonEmptyText, wholeNumber } from './config-schema.ts';
import { executorParamSchema } from './executor-param-json.ts';

/** `validation_code_bomb_limit` is this many times `max_code_size` (polkadot-sdk PR 7760). */
export const BOMB_FACTOR = 10;

/** The limit is a `u32` on the wire. */
export const MAX_BOMB_LIMIT = 0xffff_ffff;

/** A profile file: the limits of a relay chain on some day. Absent members get defaults. */
export const profileSchema = v.pipe(
  configObject({
    name: nonEmptyText(),
    source: v.pipe(nonEmptyText(), v.description('The source of the values.')),
    date: v.pipe(
      nonEmptyText(),
      v.regex(/^\d{4}-\d{2}-\d{2}$/, 'must look like 2026-11-23'),
      v.description('ISO 8601 day on which the values were read.'),
    ),
    maxCodeSize: v.pipe(
      wholeNumber(1),
      v.description("`max_code_size` of the relay chain's host configuration: bytes as stored."),
    ),
    bombLimit: v.exactOptional(
      v.pipe(
        wholeNumber(1),
        v.description(
          `\`validation_code_bomb_limit\`: bytes after decompression. Absent: ${BOMB_FACTOR} times \`maxCodeSize\`.`,
        ),
      ),
    ),
    executorParams: v.exactOptional(
      v.pipe(
        v.array(executorParamSchema, 'must be an array'),
        // The runtime rejects duplicates (`ExecutorParams::check_consistency`), so no relay chain has them.
        v.checkItems((...item) => !repeatsEarlierParam(...item), 'repeats an earlier param'),
        v.description('The executor params of the session.'),
      ),
    ),
  }),
  v.transform(({ bombLimit, executorParams = [], ...given }) => ({
    ...given,
    bombLimit: bombLimit ?? given.maxCodeSize * BOMB_FACTOR,
    executorParams,
  })),
  v.forward(
    v.check(({ bombLimit }) => bombLimit <= MAX_BOMB_LIMIT, 'must fit 32 bits'),
    ['bombLimit'],
  ),
);

export type Profile = ValueOf<typeof profileSchema>;

export function repeatsEarlierParam(param: ExecutorParam, index: number, all: readonly ExecutorParam[]): boolean {
  return all.findIndex((other) => kindOf(other) === kindOf(param)) !== index;
}

/** Timeouts may occur once per kind of job. */
function kindOf(param: ExecutorParam): string {
  const isTimeout = param.tag === 'PvfPrepTimeout' || param.tag === 'PvfExecTimeout';
  return isTimeout ? `${param.tag} ${param.value.kind}` : param.tag;
}
