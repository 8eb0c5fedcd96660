/** Figures near or over each limit, scheduled and practical limits, and a team's budget. */
import type { CheckSettings } from '../../../src/check/check-settings.ts';
import { type Budget, type Limit, limits } from '../../../src/model/measures.ts';
import type { TeamBudget } from '../../../src/model/team-budget.ts';
import { plainPvf } from '../plain-pvf.ts';
import { MIB, needed, workerThatNeeds } from './amounts.ts';
import {
  type Ends,
  fail,
  fails,
  inspected,
  inspectedAndFails,
  passes,
  type RuleBench,
  type RuleInput,
} from './rule-input.ts';
import { olderPaseo, paseo } from './runtimes.ts';

/** The figure of the plain module, or of the worker above. */
function figureOf({ measure }: Limit): number {
  const stats = {
    cpuTimeMs: needed.cpuMs,
    memory: { peakTrackedAlloc: needed.peakTrackedAlloc },
    artifactBytes: 5000,
  };
  const { length } = plainPvf;
  const value = measure.value({ runtime: { storedBytes: length, rawBytes: length }, stats });
  if (value === undefined) throw new Error(`no figure for ${measure.id}`);
  return value;
}

/** A limit that the figure is near, or over. */
function limitFor(limit: Limit, level: 'near' | 'over'): number {
  const used = figureOf(limit);
  return level === 'over' ? Math.floor(used * 0.99) : used + 1;
}

type SettingsOf = (bench: RuleBench, limit: number) => Partial<CheckSettings>;

function profileWith(values: (limit: number) => object): SettingsOf {
  return (bench, limit) => {
    const profile = { name: 'mine', source: 'a test', date: '2026-11-26', maxCodeSize: 3 * MIB, ...values(limit) };
    return { profile: bench.write('profile.json', JSON.stringify(profile)) };
  };
}

/** How a user, or a relay chain, sets each limit. */
const limitSettings: Readonly<Record<string, readonly [how: string, settings: SettingsOf]>> = {
  'code-size': ['`maxCodeSize` of the profile', profileWith((maxCodeSize) => ({ maxCodeSize }))],
  'raw-code-size': ['`bombLimit` of the profile', profileWith((bombLimit) => ({ bombLimit }))],
  'cpu-time': ['`--timeout`', (_, limit) => ({ prepTimeoutMs: limit })],
  memory: ['`--memory-limit`', (_, limit) => ({ memoryLimit: BigInt(limit) })],
};

function settingsFor(limit: Limit): readonly [how: string, settings: SettingsOf] {
  const { id, isBudget, measure } = limit;
  if (!isBudget) return limitSettings[id] ?? fail(`how is the limit ${id} set?`);
  const { budgetKey } = measure;
  const settings: SettingsOf = (bench, most) => {
    const budget: Budget = { [budgetKey]: most };
    return { budget: bench.write('budget.json', JSON.stringify(budget)) };
  };
  return [`\`${budgetKey}\` of the budget`, settings];
}

function limitInput(limit: Limit, level: 'near' | 'over'): RuleInput {
  const [how, settings] = settingsFor(limit);
  const most = limitFor(limit, level);
  return {
    rule: `${level}-limit-${limit.id}`,
    input: `${how} of ${most}, for a module whose ${limit.measure.name} is ${figureOf(limit)}`,
    ...(level === 'over' ? fails : passes),
    run: async (bench) => {
      const worker = bench.fakeWorker(await workerThatNeeds(needed));
      return bench.check(bench.write('a.wasm', plainPvf), { worker, ...settings(bench, most) });
    },
  };
}

/** Rules that a worker or its host forestalls, with the reason. */
export const forestalled: Readonly<Record<string, string>> = {
  'over-limit-cpu-time': 'the host ends the job with a time-out: `preparation-timeout`',
};

const levelInputs = limits
  .flatMap((limit) => [limitInput(limit, 'near'), limitInput(limit, 'over')])
  .filter(({ rule }) => forestalled[rule] === undefined);

/** A profile with other values, for the plain module and a worker that needs much. */
function profileInput(rule: string, input: string, values: object, ends: Ends): RuleInput {
  return {
    rule,
    input,
    ...ends,
    run: async (bench) => {
      const worker = bench.fakeWorker(await workerThatNeeds(needed));
      return bench.check(bench.write('a.wasm', plainPvf), { worker, ...profileWith(() => values)(bench, 0) });
    },
  };
}

/** A budget on a part of a real runtime, or on its growth. */
function partBudgetInput(rule: string, input: string, budget: TeamBudget, ends: Ends, older?: string): RuleInput {
  return {
    rule,
    input,
    ...ends,
    needsCorpus: true,
    run: (bench) => {
      const settings = older === undefined ? {} : { baseline: bench.corpus(older) };
      return bench.check(bench.corpus(paseo), { sizes: { depth: 'crates' }, budget, ...settings }, 'inspect');
    },
  };
}

const teamInputs: readonly RuleInput[] = [
  profileInput(
    'pending-limits',
    'a profile that will allow 1 byte of code from session 9 on',
    { pending: [{ fromSession: 9, maxCodeSize: 1 }] },
    fails,
  ),
  profileInput('upgrade-proof-size', '`maxPovSize` of the profile of 1,000 bytes', { maxPovSize: 1000 }, passes),
  profileInput('upgrade-block-length', '`blockLength` of the profile of 1,000 bytes', { blockLength: 1000 }, passes),
  partBudgetInput(
    'over-budget-crate',
    'a budget of 1,000 bytes for the crate `staging_xcm`, which has 17 % of the code',
    { crates: { staging_xcm: 1000 } },
    inspectedAndFails,
  ),
  partBudgetInput(
    'over-budget-pallet',
    'a budget of 1,000 bytes for the pallet `pallet_xcm`',
    { pallets: { pallet_xcm: 1000 } },
    inspectedAndFails,
  ),
  partBudgetInput(
    'over-budget-growth',
    'a budget of 1 % of growth for a release that is 19 % larger than the one before',
    { growth: { storedBytes: 0.01 } },
    inspectedAndFails,
    olderPaseo,
  ),
  partBudgetInput(
    'unchecked-budget',
    'a budget for the crate `staging_xmc`, which does not exist',
    { crates: { staging_xmc: 1000 } },
    inspected,
  ),
];

export const limitInputs: readonly RuleInput[] = [...levelInputs, ...teamInputs];
