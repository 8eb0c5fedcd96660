import { stat } from 'node:fs/promises';
import type { Profile } from '../../limits/profile.ts';
import { profileJson } from '../../limits/profile-json.ts';
import { checkReplaceable, profilesFolder, saveProfile } from '../../limits/saved-profiles.ts';
import { printable } from '../../report/terminal.ts';
import { command, commonOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { writeNamed } from '../named-file.ts';
import type { Options } from '../options.ts';
import { write } from '../streams.ts';

const optionNames = ['rpc', 'output', ...commonOptions] as const;

export const limitsFetch = command({
  name: 'limits fetch',
  summary: 'read the limits of a live relay chain and keep them as a profile; again, to refresh it',
  options: optionNames,
  examples: [
    ['pvf limits fetch --rpc wss://rpc.example.org', 'keep them for --profile polkadot, if the chain is Polkadot'],
    ['pvf limits fetch --rpc wss://rpc.example.org --output limits.json', 'a profile file for the repository'],
  ],
  run: runFetch,
});

async function runFetch(
  _: readonly string[],
  { rpc, output }: Options<(typeof optionNames)[number]>,
  { environment, streams, progress, signal }: CliContext,
): Promise<ExitCode> {
  if (rpc === undefined) throw new UsageError('Give the endpoint of a relay chain: --rpc <url>.');
  progress.show(`Reading the limits from ${rpc}`);
  await using chain = await environment.openChain(rpc, { signal });
  const profile = await chain.limits();
  progress.clear();
  if (output !== undefined) {
    await saveAs(output, profile);
    await write(streams.out, printable(`${describe(profile)} Kept in ${output}: use --profile ${output}.\n`));
    return ExitCode.pass;
  }
  const { platform, processEnv: env, homeFolder } = environment;
  const file = await saveProfile(profilesFolder({ platform, env, homeFolder }), profile);
  const name = profile.chain ?? profile.name;
  await write(streams.out, printable(`${describe(profile)} Kept in ${file}: use --profile ${name}.\n`));
  return ExitCode.pass;
}

/** A pipe or a device has nothing to lose. */
async function saveAs(file: string, profile: Profile): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) await checkReplaceable(file, profile);
  await writeNamed('--output', file, profileJson(profile));
}

function describe({ chain, name, block, notes }: Profile): string {
  const where = block === undefined ? '' : ` at block ${block.number}`;
  const unknown = notes.length === 0 ? '' : ` Note: ${notes.join('; ')}.`;
  return `Read the limits of ${chain ?? name}${where}.${unknown}`;
}
