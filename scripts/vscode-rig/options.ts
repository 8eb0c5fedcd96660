import { parseArgs } from 'node:util';
import { type Rig, rigNamed, rigs } from './rigs.ts';

/** The command line of `main.ts`. */
export type RigCommand =
  | { readonly kind: 'provision'; readonly rigs: readonly Rig[] }
  | {
      readonly kind: 'test';
      readonly rig: Rig;
      readonly suite?: string;
      readonly workspace?: string;
      readonly grep?: string;
      /** Limit for VS Code's start and the whole suite. */
      readonly timeoutMs?: number;
    };

export const usage = `main.ts provision [--rig <name>]
main.ts test --rig <name> [--suite <folder>] [--workspace <folder>] [--grep <text>] [--timeout <seconds>]`;

/** Throws for unknown words. `--grep` has the syntax of mocha's; mocha's other options are not supported. */
export function parseCommand(args: readonly string[]): RigCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rig: { type: 'string' },
      suite: { type: 'string' },
      workspace: { type: 'string' },
      grep: { type: 'string', short: 'g' },
      timeout: { type: 'string' },
    },
  });
  const [command, ...rest] = positionals;
  const { rig, suite, workspace, grep, timeout } = values;
  if (timeout !== undefined && !(Number(timeout) > 0))
    throw new Error(`--timeout must be a number of seconds, not ${timeout}`);
  if (rest.length > 0) throw new Error(`unexpected argument: ${rest.join(' ')}\n${usage}`);
  if (command === 'provision') return { kind: 'provision', rigs: rig === undefined ? rigs : [rigNamed(rig)] };
  if (command !== 'test') throw new Error(usage);
  if (rig === undefined) throw new Error(`--rig is missing\n${usage}`);
  return {
    kind: 'test',
    rig: rigNamed(rig),
    ...(suite === undefined ? {} : { suite }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(grep === undefined ? {} : { grep }),
    ...(timeout === undefined ? {} : { timeoutMs: Number(timeout) * 1000 }),
  };
}
