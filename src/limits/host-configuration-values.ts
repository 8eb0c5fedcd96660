/** The limits in a `HostConfiguration` of a relay chain, as other tools write it. */
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { type Fail, readForeignParam, readForeignWhole } from './foreign-json.ts';
import { type Found, type JsonObject, member } from './host-configuration.ts';
import { type LimitValues, repeatsEarlierParam } from './profile-schema.ts';

type WholeKey = Exclude<keyof LimitValues, 'maxCodeSize' | 'executorParams' | 'blockLength'>;

/** Members that are numbers, as `plainName` returns their names. All are `u32`. */
const wholes = [
  ['bombLimit', 'validationcodebomblimit', 1n],
  ['maxPovSize', 'maxpovsize', 0n],
  ['upgradeCooldown', 'validationupgradecooldown', 0n],
  ['upgradeDelay', 'validationupgradedelay', 0n],
  ['minimumUpgradeDelay', 'minimumvalidationupgradedelay', 0n],
  ['votingTtl', 'pvfvotingttl', 0n],
] as const satisfies readonly (readonly [WholeKey, string, bigint])[];

const MAX_U32 = 0xffff_ffffn;

/** Leaves out what the configuration does not have. Calls `fail` for an unusable value. */
export function readHostConfiguration(
  { path, value: config }: Found<JsonObject>,
  fail: Fail,
): Pick<LimitValues, 'maxCodeSize'> & Partial<LimitValues> {
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const whole = (name: string, least: bigint) => {
    const found = member(config, name);
    return found && Number(readForeignWhole(found[1], at(found[0]), [least, MAX_U32], fail));
  };
  const params = member(config, 'executorparams');
  return {
    maxCodeSize: whole('maxcodesize', 1n) ?? fail(at('max_code_size'), 'is missing'),
    ...Object.fromEntries(
      wholes.flatMap(([key, name, least]) => {
        const number = whole(name, least);
        return number === undefined ? [] : [[key, number]];
      }),
    ),
    ...(params && { executorParams: readParams(params[1], at(params[0]), fail) }),
  };
}

function readParams(value: unknown, where: string, fail: Fail): ExecutorParam[] {
  if (!Array.isArray(value)) return fail(where, 'must be an array');
  const params = value.map((param: unknown, index) => readForeignParam(param, `${where}[${index}]`, fail));
  const repeated = params.findIndex((param, index) => repeatsEarlierParam(param, index, params));
  if (repeated >= 0) fail(`${where}[${repeated}]`, 'repeats an earlier param');
  return params;
}
