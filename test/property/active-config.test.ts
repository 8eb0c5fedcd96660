/** Any host configuration gives the same profile in every notation. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { profileFromActiveConfig } from '../../src/limits/active-config.ts';
import { findHostConfiguration } from '../../src/limits/host-configuration.ts';
import type { LimitValues } from '../../src/limits/profile.ts';
import { type ExecutorParam, executorParamContent, executorParamForms } from '../../src/polkadot/executor-params.ts';

type Form = { readonly name: string; readonly kind?: string; readonly value?: bigint };

/** Any param of that name. */
function paramOf(name: string): fc.Arbitrary<Form> {
  const { kinds, range } = executorParamForms[name as ExecutorParam['tag']];
  return fc.record({
    name: fc.constant(name),
    ...(kinds && { kind: fc.constantFrom(...kinds) }),
    ...(range && { value: fc.bigInt(...range) }),
  });
}

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });

const configs = fc.record({
  maxCodeSize: fc.integer({ min: 1, max: 429_496_729 }),
  params: fc
    .subarray(Object.keys(executorParamForms))
    .chain((names) => fc.tuple(...names.map((name) => paramOf(name)))) as fc.Arbitrary<readonly Form[]>,
  other: fc.nat(),
  values: fc.record(
    {
      maxPovSize: u32,
      validationUpgradeCooldown: u32,
      validationUpgradeDelay: u32,
      minimumValidationUpgradeDelay: u32,
      pvfVotingTtl: u32,
    },
    { noNullPrototype: true },
  ),
  session: u32,
});

type Config = typeof configs extends fc.Arbitrary<infer One> ? One : never;

const grouped = (value: bigint | number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const mapped = (values: object, key: (name: string) => string, value: (whole: number) => unknown) =>
  Object.fromEntries(Object.entries(values).map(([name, whole]) => [key(name), value(whole)]));
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const same = (name: string) => name;
const small = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** The content of a variant: a tuple where there are two parts. */
function content(parts: readonly unknown[]): unknown {
  return parts.length > 1 ? parts : parts[0];
}

const parts = ({ kind, value }: Form, kindAs: (kind: string) => unknown, valueAs: (value: bigint) => unknown) => [
  ...(kind === undefined ? [] : [kindAs(kind)]),
  ...(value === undefined ? [] : [valueAs(value)]),
];

/** Each notation of a param, and of a whole configuration. */
const notations: Readonly<Record<string, (config: Omit<Config, 'session'>) => object>> = {
  'polkadot-js, for people': ({ maxCodeSize, params, other, values }) => ({
    ...mapped(values, same, grouped),
    maxHeadDataSize: grouped(other),
    maxCodeSize: grouped(maxCodeSize),
    executorParams: params.map((param) => {
      const all = parts(param, String, grouped);
      return all.length === 0 ? param.name : { [param.name]: content(all) };
    }),
  }),
  'polkadot-js, as JSON': ({ maxCodeSize, params, other, values }) => ({
    result: {
      ...mapped(values, same, Number),
      maxHeadDataSize: other,
      maxCodeSize,
      executorParams: params.map((param) => ({ [small(param.name)]: content(parts(param, String, String)) ?? null })),
    },
  }),
  'polkadot-api': ({ maxCodeSize, params, other, values }) => ({
    ...mapped(values, snake, Number),
    max_code_size: maxCodeSize,
    max_head_data_size: other,
    executor_params: params.map((param) => ({
      type: param.name,
      value: content(
        parts(
          param,
          (type) => ({ type }),
          (value) => `${value}n`,
        ),
      ),
    })),
  }),
  'a chain spec': ({ maxCodeSize, params, other, values }) => ({
    name: 'Local',
    genesis: {
      runtimeGenesis: {
        patch: {
          configuration: {
            config: {
              ...mapped(values, snake, Number),
              max_head_data_size: other,
              max_code_size: maxCodeSize,
              executor_params: params.map((param) => {
                const all = parts(param, String, String);
                return all.length === 0 ? param.name : { [param.name]: content(all) };
              }),
            },
          },
        },
      },
    },
  }),
};

/** By the names of the host configuration. */
function valuesOf(limits: LimitValues): object {
  return {
    maxPovSize: limits.maxPovSize,
    validationUpgradeCooldown: limits.upgradeCooldown,
    validationUpgradeDelay: limits.upgradeDelay,
    minimumValidationUpgradeDelay: limits.minimumUpgradeDelay,
    pvfVotingTtl: limits.votingTtl,
  };
}

/** Without what is around it. */
function hostConfigurationIn(file: object): unknown {
  const found = findHostConfiguration(JSON.parse(JSON.stringify(file)));
  return found.kind === 'found' ? found.config.value : undefined;
}

describe('a host configuration', () => {
  for (const [name, write] of Object.entries(notations)) {
    it(`gives its own values in the notation of ${name}`, () => {
      fc.assert(
        fc.property(configs, (config) => {
          const value = JSON.parse(JSON.stringify(write(config)));
          const profile = profileFromActiveConfig('c.json', { value, modifiedMs: 0 });
          assert.ok(profile);
          assert.equal(profile.maxCodeSize, config.maxCodeSize);
          assert.equal(profile.bombLimit, config.maxCodeSize * 10);
          assert.deepEqual(valuesOf(profile), config.values);
          const read = profile.executorParams.map((param) => {
            const { kind, value } = executorParamContent(param);
            return { name: param.tag, kind, value: value === undefined ? undefined : BigInt(value) };
          });
          assert.deepEqual(
            read,
            config.params.map((param) => ({ name: param.name, kind: param.kind, value: param.value })),
          );
        }),
      );
    });
  }

  for (const [name, write] of Object.entries(notations)) {
    it(`gives the scheduled values in the notation of ${name}`, () => {
      fc.assert(
        fc.property(configs, configs, (now, later) => {
          const { session } = later;
          const written = { active: write(now), later: hostConfigurationIn(write(later)) };
          for (const at of [session, grouped(session), `${session}n`]) {
            const value = { ...written.active, pendingConfigs: [[at, written.later]] };
            const profile = profileFromActiveConfig('c.json', { value, modifiedMs: 0 });
            const [pending] = profile?.pending ?? [];
            assert.ok(pending);
            assert.equal(pending.fromSession, session);
            assert.equal(pending.maxCodeSize, later.maxCodeSize);
            assert.equal(pending.bombLimit, later.maxCodeSize * 10);
            assert.deepEqual(valuesOf(pending), later.values);
            assert.equal(pending.executorParams.length, later.params.length);
          }
        }),
      );
    });
  }

  it('never throws anything but a ConfigError, whatever a member holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (size, param, pending) => {
        for (const value of [
          { maxCodeSize: size, executorParams: [param] },
          { maxCodeSize: 5, maxPovSize: param },
          { maxCodeSize: 5, pendingConfigs: pending },
          { maxCodeSize: 5, pendingConfigs: [[size, pending]] },
        ]) {
          try {
            profileFromActiveConfig('c.json', { value, modifiedMs: 0 });
          } catch (error) {
            assert.equal((error as Error).name, 'ConfigError');
          }
        }
      }),
    );
  });
});
