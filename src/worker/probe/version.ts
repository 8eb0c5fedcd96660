import { describeExit } from '../../base/process-exit.ts';
import { truncate } from '../../base/text.ts';
import type { Program } from '../process/program.ts';
import { type RunOptions, runOnce } from '../process/run-once.ts';
import { parseNodeVersion } from '../wire/revision.ts';

/** The program is not a prepare worker that this tool can use. The message says why. */
export class UnsupportedWorker extends Error {
  override readonly name = 'UnsupportedWorker';
}

/** Reads the node version that a worker prints. Rejects with `UnsupportedWorker`, or with the signal's reason. */
export async function readVersion(program: Program, options: RunOptions): Promise<string> {
  const result = await runOnce(program, ['--version'], options);
  if (result.kind === 'timed-out') {
    throw new UnsupportedWorker(`${program.name} --version printed nothing within ${result.afterMs} ms`);
  }
  const { exit, stdout, stderr } = result;
  if (exit.kind !== 'exited' || exit.code !== 0) {
    const [firstLine = ''] = stderr.trim().split('\n');
    const detail = firstLine ? `: ${truncate(firstLine, 500)}` : '';
    throw new UnsupportedWorker(`${program.name} --version ${describeExit(exit)}${detail}`);
  }
  const version = stdout.trim().split('\n')[0] ?? '';
  if (parseNodeVersion(version) === undefined) {
    throw new UnsupportedWorker(
      `${program.name} is not a prepare worker${describeOther(version)}: --version printed ${JSON.stringify(version.slice(0, 60))}`,
    );
  }
  return version;
}

/** Recognizes other programs of Polkadot, which print their name before the version: `polkadot 1.25.1-402e110f1c`. */
function describeOther(version: string): string {
  const name = /^(polkadot[\w-]*|[\w-]*-(?:node|worker|collator|parachain)) v?\d+\./.exec(version)?.[1];
  return name === undefined ? '' : ` but ${name}`;
}
