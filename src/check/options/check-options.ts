/**
 * All options that a check depends on. Flags, VS Code's settings, the members of `pvf.json`, the configuration part of
 * package.json and docs/configuration.md derive from this table. To add an option, add a row.
 */
import { builtInProfiles, defaultProfileName } from '../../limits/profile.ts';
import { baselineKinds } from '../../model/baseline-is.ts';
import { defaultNear } from '../../model/measures.ts';
import type { Token } from '../../model/metadata.ts';
import { findRelease, releaseRange } from '../../polkadot/node-releases.ts';
import { type Instances, instancesRule, parseInstances } from '../../worker/built-in/instances.ts';
import { builtInName } from '../../worker/built-in/version.ts';
import { revisionIds } from '../../worker/wire/revision-id.ts';
import type { CheckSettings } from '../check-settings.ts';
import type { CheckOption } from './check-option.ts';
import { amount, choice, parsed, text, texts, toggle, type ValueKind } from './value-kind.ts';

const MIB = 1024 * 1024;

const profileNames = builtInProfiles.map(({ name }) => (name === defaultProfileName ? `${name} (default)` : name));

const instances: ValueKind<Instances> = {
  rule: instancesRule,
  schema: { type: 'string', pattern: '^(auto|[1-9][0-9]?)$' },
  readText: parseInstances,
  readJson: parseInstances,
};

const seconds = amount(
  { rule: 'a number of seconds above 0, at most a day', isWhole: false, least: 0, most: 86_400 },
  (value) => Math.max(1, Math.round(value * 1000)),
);

const bytes: ValueKind<bigint> = {
  ...amount(
    { rule: 'a whole number of bytes above 0', isWhole: true, least: 1, most: Number.MAX_SAFE_INTEGER },
    BigInt,
  ),
  readText: (written) => {
    const value = /^\d{1,19}$/.test(written) ? BigInt(written) : 0n;
    // For the worker, 0 means no limit.
    return value >= 1n && value < 1n << 63n ? value : undefined;
  },
};

const rpc: ValueKind<string> = {
  ...parsed('a URL with ws:// or wss:// at its start', { pattern: '^wss?://' }, (written) =>
    /^wss?:\/\/\S+$/.test(written) ? written : undefined,
  ),
  // The client of the chain says what is wrong with a URL.
  readText: (written) => written,
};

const token = parsed<Token>(
  'the symbol and the decimals of the token, as in DOT:10',
  { pattern: '^.{1,32}:[0-9]{1,2}$' },
  (written) => {
    const [, symbol, decimals] = /^(.{1,32}):(\d{1,2})$/u.exec(written) ?? [];
    return symbol === undefined || decimals === undefined ? undefined : { symbol, decimals: Number(decimals) };
  },
);

export const checkOptions = {
  worker: option({
    value: text,
    flags: '--worker <path|portable|auto>',
    description: 'the prepare worker to use; portable is the built-in one (default: auto, the first one found)',
    setting: {
      section: 'worker',
      order: 1,
      schema: { type: 'string', default: 'auto', scope: 'machine-overridable', minLength: 1 },
      isRestricted: true,
    },
    member: {
      description: `The prepare worker: a path, \`auto\`, or \`${builtInName}\` for the built-in one. Needs a trusted folder.`,
      needsTrust: true,
    },
    isPath: (value) => value !== 'auto' && value !== builtInName,
    apply: ({ worker: _, ...settings }, worker) => (worker === 'auto' ? settings : { ...settings, worker }),
  }),
  instances: option({
    value: instances,
    flags: '--instances <N|auto>',
    description: 'how many compiler instances the built-in worker runs in parallel (default: auto)',
    setting: {
      section: 'worker',
      order: 2,
      schema: {
        type: 'string',
        default: 'auto',
        pattern: '^(auto|[1-9][0-9]?)$',
        patternErrorMessage: '%setting.instances.rule%',
        scope: 'resource',
      },
    },
    apply: (settings, value) => ({ ...settings, instances: value }),
  }),
  wireRevision: option({
    value: choice(revisionIds),
    flags: '--wire-revision <id>',
    description: `force the wire revision of the worker: ${revisionIds.join(', ')}`,
    apply: (settings, wireRevision) => ({ ...settings, wireRevision }),
  }),
  profile: option({
    value: text,
    flags: '--profile <name|file>',
    description: `the limits of the relay chain: ${profileNames.join(', ')}, or a JSON file`,
    setting: {
      section: 'limits',
      order: 1,
      schema: {
        type: 'string',
        default: defaultProfileName,
        scope: 'resource',
        minLength: 1,
        // VS Code shows an `enum` as a list that has no room for a path. This way, settings.json completes the names.
        anyOf: [
          {
            enum: builtInProfiles.map(({ name }) => name),
            markdownEnumDescriptions: builtInProfiles.map(({ name }) => `%setting.profile.${name}%`),
          },
          { minLength: 1 },
        ],
      },
      isRestricted: true,
    },
    member: { description: 'The limits of the relay chain: the name of a profile, or the path of a profile file.' },
    // Names contain neither dots nor slashes (src/limits/profile-file.ts).
    isPath: (value) => /[./\\]/.test(value),
    apply: (settings, profile) => ({ ...settings, profile }),
  }),
  rpc: option({
    value: rpc,
    flags: '--rpc <url>',
    description:
      'read the limits from a live relay chain (or from a parachain, as far as it has them), in place of --profile',
    member: {
      description:
        'The RPC endpoint of a relay chain (or of a parachain) to read the limits from, in place of `profile`. Needs a trusted folder.',
      needsTrust: true,
    },
    apply: (settings, rpc) => ({ ...settings, rpc }),
  }),
  para: option({
    value: amount(
      { rule: 'the id of a parachain, such as 2034', isWhole: true, least: 0, most: 0xffff_ffff },
      (id) => id,
    ),
    flags: '--para <id>',
    description: 'the id of a parachain on the chain of --rpc',
    apply: (settings, para) => ({ ...settings, para }),
  }),
  timeout: option({
    value: seconds,
    flags: '--timeout <s>',
    description: 'limit of CPU time for preparation (default: from the profile, else 60 s; 360 s with --kind compile)',
    setting: {
      section: 'limits',
      order: 2,
      schema: { type: ['number', 'null'], default: null, exclusiveMinimum: 0, maximum: 86_400, scope: 'resource' },
    },
    member: {
      description: 'Limit of CPU time for the preparation, in seconds. Default: that of the profile, else 60.',
    },
    apply: (settings, prepTimeoutMs) => ({ ...settings, prepTimeoutMs }),
  }),
  memoryLimit: option({
    value: bytes,
    flags: '--memory-limit <bytes>',
    description: 'memory limit of the worker, as PrecheckingMaxMemory',
    setting: {
      section: 'limits',
      order: 3,
      schema: { type: ['integer', 'null'], default: null, minimum: 1, maximum: MIB, scope: 'resource' },
    },
    settingValue: amount(
      { rule: `a whole number of MiB from 1 to ${MIB}`, isWhole: true, least: 1, most: MIB },
      (mib) => BigInt(mib) * BigInt(MIB),
    ),
    member: {
      description: 'Memory limit of the worker in bytes, as PrecheckingMaxMemory. Default: that of the profile.',
    },
    apply: (settings, memoryLimit) => ({ ...settings, memoryLimit }),
  }),
  kind: option({
    value: choice(['precheck', 'compile']),
    flags: '--kind <precheck|compile>',
    description: 'the kind of job (default: precheck, the job before the vote)',
    member: { description: 'The kind of job: `precheck`, the job before the vote, or `compile`. Default: `precheck`.' },
    apply: (settings, kind) => ({ ...settings, kind }),
  }),
  near: option({
    value: amount(
      { rule: 'a percentage above 0, at most 100', isWhole: false, least: 0, most: 100 },
      (percent) => percent / 100,
    ),
    flags: '--near <percent>',
    description: `warn of a size or memory from this percentage of the relay chain's limit on (default: ${defaultNear * 100})`,
    member: {
      description: `Warn of a size or memory from this percentage of the relay chain's limit on. Default: ${defaultNear * 100}.`,
    },
    apply: (settings, near) => ({ ...settings, near }),
  }),
  budget: option({
    value: text,
    flags: '--budget <file>',
    description: 'JSON file with your own limits: storedBytes, rawBytes, artifactBytes, cpuTimeMs, peakTrackedAlloc',
    setting: {
      section: 'limits',
      order: 4,
      schema: { type: 'string', default: '', scope: 'machine-overridable' },
      isRestricted: true,
    },
    isPath: () => true,
    apply: (settings, budget) => ({ ...settings, budget }),
  }),
  baseline: option({
    value: text,
    flags: '--baseline <file|name>',
    description:
      'compare with a JSON report, a blob, a result of the history (previous, pinned, a commit or a branch), or chain: the code that the chain of --rpc runs',
    member: {
      description:
        'What a check compares with: a JSON report, a blob, a result of the history (`previous`, `pinned`, a commit or a branch), or `chain`: the code that the chain of `rpc` runs.',
    },
    isPath: () => 'if-there',
    apply: (settings, baseline) => ({ ...settings, baseline }),
  }),
  baselineIs: option({
    value: choice(baselineKinds),
    flags: `--baseline-is <${baselineKinds.join('|')}>`,
    description: 'what the baseline is: an earlier build, or the code that the chain runs now (default: build)',
    member: { description: 'What the baseline is: an earlier `build`, or the code that the `chain` runs now.' },
    apply: (settings, baselineIs) => ({ ...settings, baselineIs }),
  }),
  metadata: option({
    value: toggle,
    flags: '--metadata',
    description: "read the runtime's metadata too, which runs its code in an interpreter",
    setting: {
      section: 'checks',
      order: 4,
      schema: { type: 'boolean', default: true, scope: 'resource' },
      isRestricted: true,
    },
    member: { description: "Read the runtime's metadata too, which runs its code in an interpreter." },
    apply: ({ metadata, ...settings }, isRead) => (isRead ? { ...settings, metadata: metadata ?? {} } : settings),
  }),
  token: option({
    value: token,
    flags: '--token <UNIT:12>',
    description: "symbol and decimals of the chain's token, to check the metadata hash; needs --metadata",
    member: {
      description: "Symbol and decimals of the chain's token, as in `DOT:10`. With the metadata, its hash is checked.",
    },
    apply: (settings, value) => (settings.metadata ? { ...settings, metadata: { token: value } } : settings),
  }),
  allow: option({
    value: texts,
    flags: '--allow <id>',
    description: 'let this error not fail the check; may be repeated',
    setting: {
      section: 'limits',
      order: 5,
      schema: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        uniqueItems: true,
        default: [],
        scope: 'resource',
      },
    },
    member: { description: 'Ids of findings whose errors do not fail the check.' },
    apply: ({ allow: _, ...settings }, allow) => (allow.length === 0 ? settings : { ...settings, allow }),
  }),
  nodes: option({
    value: parsed(`a release from ${releaseRange}, such as stable2506 or 1.19.0`, { minLength: 1 }, findRelease),
    flags: '--nodes <release>',
    description:
      'the oldest release that your nodes run, such as stable2506 or 1.19.0; a host function that is newer is an error',
    member: {
      description:
        'The oldest release that your nodes run, such as `stable2506` or `1.19.0`. A host function that is newer is an error.',
    },
    apply: (settings, nodes) => ({ ...settings, nodes }),
  }),
} as const;

export type CheckOptionName = keyof typeof checkOptions;

export const checkOptionNames = Object.keys(checkOptions) as readonly CheckOptionName[];

type ValueOfRow<Row> = Row extends CheckOption<infer Value> ? Value : never;

/** The values that a user gave. Absent: none. */
export type OptionValues = {
  readonly [Name in CheckOptionName]?: ValueOfRow<(typeof checkOptions)[Name]>;
};

type NamesWith<Face extends 'setting' | 'member'> = {
  [Name in CheckOptionName]: (typeof checkOptions)[Name] extends { readonly [Key in Face]: object } ? Name : never;
}[CheckOptionName];

/** Options that VS Code has a setting for, under the same name. */
export type CheckSettingKey = NamesWith<'setting'>;
/** Options that `pvf.json` has a member for, under the same name. */
export type ConfigMemberName = NamesWith<'member'>;

export function optionRow(name: CheckOptionName): CheckOption<unknown> {
  return checkOptions[name];
}

export const checkSettingKeys = checkOptionNames.filter(
  (name): name is CheckSettingKey => optionRow(name).setting !== undefined,
);

export const configMemberNames = checkOptionNames.filter(
  (name): name is ConfigMemberName => optionRow(name).member !== undefined,
);

/** Adds the values to the settings, in the order of the table. */
export function applyOptions(settings: CheckSettings, values: OptionValues): CheckSettings {
  return checkOptionNames.reduce((so, name) => {
    const value: unknown = values[name];
    return value === undefined ? so : optionRow(name).apply(so, value);
  }, settings);
}

/** The settings of a check for which the user set nothing. */
export function defaultSettings(
  place: Pick<CheckSettings, 'workspaceFolders' | 'trustWorkspace' | 'verbose'>,
): CheckSettings {
  return { instances: 'auto', profile: defaultProfileName, ...place };
}

function option<Value, const Row>(row: CheckOption<Value> & Row): CheckOption<Value> & Row {
  return row;
}
