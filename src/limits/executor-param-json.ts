/** Executor params in reports and profile files. Names, kinds and ranges come from the table in polkadot/. */
import * as v from 'valibot';
import type { ExecutorParamSummary } from '../model/report.ts';
import {
  type ExecutorParam,
  type ExecutorParamForm,
  executorParamContent,
  executorParamForms,
  executorParamOf,
} from '../polkadot/executor-params.ts';
import { configObject, wholeNumberOrText } from './config-schema.ts';

type Name = ExecutorParam['tag'];

const names = Object.keys(executorParamForms) as readonly Name[];
const schemas = names.map((name) => schemaOf(name, executorParamForms[name]));

export const executorParamSchema = v.variant('name', schemas, ({ path, input }) =>
  path
    ? `must be one of ${names.join(', ')}, not ${JSON.stringify(input)}`
    : `must be an object with a name, one of ${names.join(', ')}`,
) satisfies v.GenericSchema<unknown, ExecutorParam>;

/** A param without a kind or a value lacks that entry. `executorParamOf` then ignores the member. */
type Entries = {
  readonly name: v.LiteralSchema<Name, undefined>;
  readonly kind: v.GenericSchema<unknown, string>;
  readonly value: v.GenericSchema<unknown, bigint>;
};

function schemaOf(name: Name, { kinds, range }: ExecutorParamForm) {
  const entries = {
    name: v.literal(name),
    ...(kinds && { kind: v.picklist(kinds, `must be ${kinds.join(' or ')}`) }),
    ...(range && { value: wholeNumberOrText(...range) }),
  } as Entries;
  return v.pipe(
    configObject(entries),
    v.transform(({ kind, value }) => executorParamOf(name, kind, value)),
  );
}

export function summarizeExecutorParam(param: ExecutorParam): ExecutorParamSummary {
  return { name: param.tag, ...executorParamContent(param) };
}
