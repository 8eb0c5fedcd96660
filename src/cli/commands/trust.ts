import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { printable } from '../../report/terminal.ts';
import { command, commonOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import type { Options } from '../options.ts';
import { write } from '../streams.ts';
import { readUserConfig, userConfigFile, writeUserConfig } from '../user-config.ts';

export const trust = command({
  name: 'trust',
  summary: 'let pvf run prepare workers that a folder has built, or list the folders',
  arguments: '[folder]',
  options: ['forget', 'list', ...commonOptions],
  examples: [
    ['pvf trust', 'trust the current folder and those inside it'],
    ['pvf trust --forget', 'trust it no longer'],
    ['pvf trust --list', 'print the trusted folders'],
  ],
  run: runTrust,
});

async function runTrust(
  [named]: readonly string[],
  { forget = false, list = false }: Options<'forget' | 'list'>,
  { environment, streams }: CliContext,
): Promise<ExitCode> {
  if (list && (forget || named !== undefined)) throw new UsageError("--list can't be combined with others.");
  const config = await readUserConfig(environment);
  const { trustedFolders = [] } = config;
  if (list) {
    await write(streams.out, printable(trustedFolders.map((folder) => `${folder}\n`).join('')));
    return ExitCode.pass;
  }
  const folder = path.resolve(environment.cwd, named ?? '.');
  const real = await realpath(folder).catch(() => folder);
  if (!forget && !(await isFolder(real))) throw new UsageError(`${folder} is not a folder.`);
  const others = trustedFolders.filter((one) => one !== real && one !== folder);
  await writeUserConfig(environment, { ...config, trustedFolders: forget ? others : [...others, real] });
  const what = forget ? 'is no longer trusted' : 'is trusted: pvf may run programs in it and in the folders inside';
  await write(streams.out, printable(`${real} ${what}. This is stored in ${userConfigFile(environment)}.\n`));
  return ExitCode.pass;
}

function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
