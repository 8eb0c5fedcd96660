/** All commands of `pvf`. A new one is a file in this folder and an entry here. */
import type { Command } from '../command.ts';
import { chain } from './chain.ts';
import { compare } from './compare.ts';
import { history } from './history.ts';
import { init } from './init.ts';
import { inspect } from './inspect.ts';
import { limitsList } from './limits.ts';
import { limitsFetch } from './limits-fetch.ts';
import { prepare } from './prepare.ts';
import { reportMerge } from './report-merge.ts';
import { trust } from './trust.ts';
import { upgrade } from './upgrade.ts';
import { workersBuild, workersDiagnose, workersList } from './workers.ts';

export const commands: readonly Command[] = [
  prepare,
  inspect,
  compare,
  init,
  upgrade,
  chain,
  reportMerge,
  history,
  limitsList,
  limitsFetch,
  workersList,
  workersDiagnose,
  workersBuild,
  trust,
];

/** Commands whose names share a first word. */
export const groupSummaries: Readonly<Record<string, string>> = {
  limits: 'the limits of relay chains (default: list)',
  report: 'work with JSON reports',
  workers: 'find, examine or build prepare workers (default: list)',
};

/** The command that runs for the name of a group alone. */
export const defaultCommands: Readonly<Record<string, string>> = { limits: 'list', workers: 'list' };
