import { describeExit } from '../../base/process-exit.ts';
import { type AskOptions, ask } from '../process/ask.ts';
import type { Program } from '../process/program.ts';
import { parseNodeVersion } from '../wire/revision.ts';

/** The program is not a prepare worker that this tool can use. The message says why. */
export class UnsupportedWorker extends Error {
  override readonly name = 'UnsupportedWorker';
}

/** The node version that a worker prints. Rejects with `UnsupportedWorker`, or with the signal's reason. */
export async function askVersion(program: Program, options: AskOptions): Promise<string> {
  const answer = await ask(program, ['--version'], options);
  if (answer.kind === 'no-answer') {
    throw new UnsupportedWorker(`${program.name} gave no answer to --version within ${answer.afterMs} ms`);
  }
  const { exit, stdout, stderr } = answer;
  if (exit.kind !== 'exited' || exit.code !== 0) {
    const words = stderr.trim() ? `: ${stderr.trim().split('\n')[0]}` : '';
    throw new UnsupportedWorker(`${program.name} ${describeExit(exit)} when asked for --version${words}`);
  }
  const version = stdout.trim().split('\n')[0] ?? '';
  if (parseNodeVersion(version) === undefined) {
    throw new UnsupportedWorker(
      `${program.name} is not a prepare worker: it answered --version with ${JSON.stringify(version.slice(0, 60))}`,
    );
  }
  return version;
}
