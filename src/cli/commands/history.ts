import { stat } from 'node:fs/promises';
import { CheckSession } from '../../check/session.ts';
import type { PinChoice, RuntimeHistory } from '../../model/history.ts';
import { formatHistory, historyJson } from '../../report/history.ts';
import { printable } from '../../report/terminal.ts';
import { command, commonOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import type { Options } from '../options.ts';
import { write } from '../streams.ts';

const optionNames = ['json', 'clear', 'pin', 'unpin', 'baselineIs', ...commonOptions] as const;

type HistoryOptions = Options<(typeof optionNames)[number]>;

export const history = command({
  name: 'history',
  summary: 'list the earlier results of a runtime, and choose what new ones are compared with',
  arguments: '<file>',
  options: optionNames,
  examples: [
    ['pvf history target/release/wbuild/my-runtime/my_runtime.compact.compressed.wasm', 'how did it grow?'],
    ['pvf history --pin release.wasm --baseline-is chain my_runtime.wasm', 'compare with the release on chain'],
    ['pvf history --pin 1a2b3c4 my_runtime.wasm', 'compare with the result of a commit'],
  ],
  run: runHistory,
});

async function runHistory(
  [file = '']: readonly string[],
  options: HistoryOptions,
  { environment, streams, signal }: CliContext,
): Promise<ExitCode> {
  const { json, clear = false } = options;
  const choice = await choiceOf(options);
  await using session = new CheckSession(environment);
  if (clear) {
    const { entries } = await session.history.clear(file);
    const text = `The history of ${file} is deleted: ${entries.length} ${entries.length === 1 ? 'result' : 'results'}.\n`;
    await write(streams.out, json ? historyJson({ entries: [] }) : printable(text));
    return ExitCode.pass;
  }
  const found: RuntimeHistory =
    choice === undefined ? await session.history.ofPath(file, signal) : await session.pinBaseline(file, choice, signal);
  await write(streams.out, json ? historyJson(found) : formatHistory(found, file));
  return ExitCode.pass;
}

/** Undefined: nothing is to be pinned or unpinned. Rejects with `UsageError`. */
async function choiceOf({ clear, pin, unpin, baselineIs }: HistoryOptions): Promise<PinChoice | undefined> {
  if ([clear, pin, unpin].filter((option) => option !== undefined).length > 1) {
    throw new UsageError('Give only one of --clear, --pin and --unpin.');
  }
  if (baselineIs !== undefined && pin === undefined) throw new UsageError('--baseline-is needs --pin.');
  if (unpin) return { kind: 'none' };
  if (pin === undefined) return undefined;
  const isFile = await stat(pin).then(
    (found) => found.isFile(),
    () => false,
  );
  const is = baselineIs === undefined ? {} : { is: baselineIs };
  return isFile ? { kind: 'file', path: pin, ...is } : { kind: 'commit', commit: pin, ...is };
}
