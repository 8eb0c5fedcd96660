import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitGuard } from '../../base/exit-guard.ts';
import { describeExit } from '../../base/process-exit.ts';
import { tinyPvf } from '../../worker/probe/tiny-pvf.ts';
import { programAt } from '../../worker/process/program.ts';
import { runOnce } from '../../worker/process/run-once.ts';
import { CargoBuildError } from '../cargo/problem.ts';

/** A tiny module takes milliseconds. This leaves time for a cold or busy disk. */
const DEADLINE_MS = 30_000;
const elf = Buffer.from('\x7fELF', 'latin1');

/** Makes the helper prepare a tiny module. Rejects with `CargoBuildError` (wrong-answer), or the signal's reason. */
export async function verifyEngine(
  program: string,
  folder: string,
  { guard, signal }: { readonly guard: ExitGuard; readonly signal: AbortSignal },
): Promise<void> {
  const [blob, artifact] = [path.join(folder, 'tiny.wasm'), path.join(folder, 'tiny.artifact')];
  await writeFile(blob, tinyPvf);
  const options = { deadlineMs: DEADLINE_MS, guard, signal };
  const result = await runOnce(programAt(program), ['-', blob, artifact], options);
  if (result.kind === 'timed-out') throw wrong(`it did not finish within ${result.afterMs} ms`);
  const { exit, stdout, stderr } = result;
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (exit.kind !== 'exited' || exit.code !== 0) throw wrong(`it ${describeExit(exit)}. ${stderr.trim()}`.trim());
  if (!last.startsWith('{"ok":')) throw wrong(`it printed ${JSON.stringify(last.slice(0, 200))} for a valid module`);
  if (!(await startOf(artifact)).equals(elf)) throw wrong('its output is not an artifact');
}

function wrong(detail: string): CargoBuildError {
  return new CargoBuildError({ kind: 'wrong-answer', detail });
}

async function startOf(file: string): Promise<Buffer> {
  await using handle = await open(file).catch(() => undefined);
  const start = Buffer.alloc(elf.length);
  await handle?.read(start, 0, start.length);
  return start;
}
