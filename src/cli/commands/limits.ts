import { builtInProfiles } from '../../limits/profile.ts';
import { loadProfile } from '../../limits/profile-file.ts';
import { summarizeProfile } from '../../limits/profile-values.ts';
import { formatProfiles, profilesJson } from '../../report/limits.ts';
import { command, commonOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import type { OptionName, Options } from '../options.ts';
import { wantsColour, write } from '../streams.ts';

const listOptions = ['json', 'profile', 'verbose', ...commonOptions] as const satisfies readonly OptionName[];

export const limitsList = command({
  name: 'limits list',
  summary: 'list the limits of the built-in profiles, or of the given ones, in force and scheduled',
  arguments: '[profile...]',
  options: listOptions,
  examples: [
    ['pvf limits', 'the built-in profiles'],
    ['pvf limits list --verbose relay.json', 'those of a file, each with who enforces it'],
  ],
  run: list,
});

/** The named profiles, else the built-in ones; and that of `--profile`. */
async function list(
  names: readonly string[],
  { json, profile, verbose = false }: Options<(typeof listOptions)[number]>,
  { environment, streams }: CliContext,
): Promise<ExitCode> {
  const wanted = names.length > 0 ? names : builtInProfiles.map(({ name }) => name);
  const all = [...new Set([...wanted, ...(profile === undefined ? [] : [profile])])];
  const profiles = (await Promise.all(all.map((one) => loadProfile(one)))).map(summarizeProfile);
  const nowMs = Date.now();
  const colour = wantsColour(streams.out, environment.processEnv);
  await write(
    streams.out,
    json === true ? profilesJson(profiles, nowMs) : formatProfiles(profiles, { colour, verbose, nowMs }),
  );
  return ExitCode.pass;
}
