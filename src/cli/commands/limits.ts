import { builtInProfiles, type Profile } from '../../limits/profile.ts';
import { loadProfile } from '../../limits/profile-file.ts';
import { summarizeProfile } from '../../limits/profile-values.ts';
import { listSavedProfiles, profilesFolder } from '../../limits/saved-profiles.ts';
import { formatProfiles, profilesJson } from '../../report/limits.ts';
import { command, commonOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import type { OptionName, Options } from '../options.ts';
import { wantsColour, write } from '../streams.ts';

const listOptions = ['json', 'profile', 'rpc', 'verbose', ...commonOptions] as const satisfies readonly OptionName[];

export const limitsList = command({
  name: 'limits list',
  summary: 'list the limits of the built-in and the fetched profiles, or of the given ones, in force and scheduled',
  arguments: '[profile...]',
  options: listOptions,
  examples: [
    ['pvf limits', 'the built-in profiles, and those of pvf limits fetch'],
    ['pvf limits list --rpc wss://rpc.example.org', 'those of a live relay chain'],
    ['pvf limits list --verbose relay.json', 'those of a file, each with who enforces it'],
  ],
  run: list,
});

async function list(
  names: readonly string[],
  options: Options<(typeof listOptions)[number]>,
  context: CliContext,
): Promise<ExitCode> {
  const { json, verbose = false } = options;
  const { environment, streams, progress } = context;
  const profiles = (await wantedProfiles(names, options, context)).map(summarizeProfile);
  progress.clear();
  const nowMs = Date.now();
  const colour = wantsColour(streams.out, environment.processEnv);
  await write(
    streams.out,
    json === true ? profilesJson(profiles, nowMs) : formatProfiles(profiles, { colour, verbose, nowMs }),
  );
  return ExitCode.pass;
}

/** The named profiles, and those of the options. Without any, the built-in ones and those that the user has fetched. */
async function wantedProfiles(
  names: readonly string[],
  { profile, rpc }: Options<'profile' | 'rpc'>,
  { environment, progress, signal }: CliContext,
): Promise<readonly Profile[]> {
  const { platform, processEnv: env, homeFolder, log } = environment;
  const folder = profilesFolder({ platform, env, homeFolder });
  const named = [...new Set([...names, ...(profile === undefined ? [] : [profile])])];
  const loaded = await Promise.all(named.map((name) => loadProfile(name, folder)));
  if (rpc !== undefined) {
    progress.show(`Reading the limits from ${rpc}`);
    await using chain = await environment.openChain(rpc, { signal });
    return [...loaded, await chain.limits()];
  }
  if (named.length > 0) return loaded;
  const { saved, problems } = await listSavedProfiles(folder);
  for (const problem of problems) log.warn(problem);
  return [...builtInProfiles, ...saved.map((one) => one.profile)];
}
