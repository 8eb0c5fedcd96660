/** Any host configuration gives the same profile in every notation. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { profileFromActiveConfig } from '../../src/limits/active-config.ts';
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

const configs = fc.record({
  maxCodeSize: fc.integer({ min: 1, max: 429_496_729 }),
  params: fc
    .subarray(Object.keys(executorParamForms))
    .chain((names) => fc.tuple(...names.map((name) => paramOf(name)))) as fc.Arbitrary<readonly Form[]>,
  other: fc.nat(),
});

const grouped = (value: bigint | number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
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
const notations: Readonly<
  Record<string, (config: { maxCodeSize: number; params: readonly Form[]; other: number }) => object>
> = {
  'polkadot-js, for people': ({ maxCodeSize, params, other }) => ({
    maxHeadDataSize: grouped(other),
    maxCodeSize: grouped(maxCodeSize),
    executorParams: params.map((param) => {
      const all = parts(param, String, grouped);
      return all.length === 0 ? param.name : { [param.name]: content(all) };
    }),
  }),
  'polkadot-js, as JSON': ({ maxCodeSize, params, other }) => ({
    result: {
      maxCodeSize,
      executorParams: params.map((param) => ({ [small(param.name)]: content(parts(param, String, String)) ?? null })),
      maxPovSize: other,
    },
  }),
  'polkadot-api': ({ maxCodeSize, params, other }) => ({
    max_code_size: maxCodeSize,
    max_pov_size: other,
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
  'a chain spec': ({ maxCodeSize, params, other }) => ({
    name: 'Local',
    genesis: {
      runtimeGenesis: {
        patch: {
          configuration: {
            config: {
              max_pov_size: other,
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

  it('never throws anything but a ConfigError, whatever a member holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (size, param) => {
        const value = { maxCodeSize: size, executorParams: [param] };
        try {
          profileFromActiveConfig('c.json', { value, modifiedMs: 0 });
        } catch (error) {
          assert.equal((error as Error).name, 'ConfigError');
        }
      }),
    );
  });
});
