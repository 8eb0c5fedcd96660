/** Executor params as reports and profile files write them. */

import * as v from 'valibot';
import type { ExecutorParamSummary } from '../model/report.ts';
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { configObject, wholeNumberOrText } from './config-schema.ts';

const LONGEST_TIMEOUT_MS = 0xffff_ffff_ffff_ffffn;

const millis = wholeNumberOrText(1n, LONGEST_TIMEOUT_MS);

/** The ranges are those of the runtime (`ExecutorParams::check_consistency`, polkadot-primitives 26.0.0). */
const schemas = [
  limit('MaxMemoryPages', 1n, 65_536n),
  limit('StackLogicalMax', 1024n, 131_072n),
  limit('StackNativeMax', 128n * 1024n, 0xffff_ffffn),
  v.pipe(
    configObject({ name: v.literal('PrecheckingMaxMemory'), value: wholeNumberOrText(256n << 20n, 16n << 30n) }),
    v.transform(({ name, value }) => ({ tag: name, value })),
  ),
  timeout('PvfPrepTimeout', ['Precheck', 'Prepare']),
  timeout('PvfExecTimeout', ['Backing', 'Approval']),
  v.pipe(
    configObject({ name: v.literal('WasmExtBulkMemory') }),
    v.transform(({ name }) => ({ tag: name, value: undefined })),
  ),
  v.pipe(
    configObject({ name: v.literal('EnabledHostFunction'), kind: oneOf(['EccRfc163']) }),
    v.transform(({ name, kind }) => ({ tag: name, value: kind })),
  ),
] as const;

const names = schemas.map(({ entries }) => entries.name.literal).join(', ');

export const executorParamSchema = v.variant('name', schemas, ({ path, input }) =>
  path ? `must be one of ${names}, not ${JSON.stringify(input)}` : `must be an object with a name, one of ${names}`,
) satisfies v.GenericSchema<unknown, ExecutorParam>;

export function summarizeExecutorParam(param: ExecutorParam): ExecutorParamSummary {
  const { tag: name } = param;
  switch (param.tag) {
    case 'MaxMemoryPages':
    case 'StackLogicalMax':
    case 'StackNativeMax':
      return { name, value: param.value };
    case 'PrecheckingMaxMemory':
      return { name, value: param.value.toString() };
    case 'PvfPrepTimeout':
    case 'PvfExecTimeout':
      return { name, kind: param.value.kind, value: param.value.millis.toString() };
    case 'WasmExtBulkMemory':
      return { name };
    case 'EnabledHostFunction':
      return { name, kind: param.value };
  }
}

function limit<const Name extends string>(name: Name, least: bigint, most: bigint) {
  return v.pipe(
    configObject({ name: v.literal(name), value: wholeNumberOrText(least, most) }),
    v.transform(({ value }) => ({ tag: name, value: Number(value) })),
  );
}

function timeout<const Name extends string, const Kind extends string>(name: Name, kinds: readonly Kind[]) {
  return v.pipe(
    configObject({ name: v.literal(name), kind: oneOf(kinds), value: millis }),
    v.transform(({ kind, value }) => ({ tag: name, value: { kind, millis: value } })),
  );
}

function oneOf<const Kind extends string>(kinds: readonly Kind[]) {
  return v.picklist(kinds, `must be ${kinds.join(' or ')}`);
}
