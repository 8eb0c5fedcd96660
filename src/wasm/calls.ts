/** What each function of a module calls. */
import type { CallRecorder } from './call-recorder.ts';
import { Cursor } from './cursor.ts';
import type { FunctionBodies } from './function-bodies.ts';
import { readExpression } from './instructions.ts';
import { passInstruction } from './later-instructions.ts';
import { catchMalformed } from './sections.ts';

/**
 * Goes on where the recorder is, and records the rest of the bodies. Never throws.
 * @returns the bodies that are damaged or have an unknown instruction: calls after that place are not recorded
 */
export function recordCalls(module: Uint8Array, bodies: FunctionBodies, calls: CallRecorder): number {
  let unread = 0;
  calls.restartBody();
  for (let body = calls.bodies; body < bodies.count; body += 1) {
    if (!recordBody(module, bodies.starts[body] ?? 0, bodies.entries[body + 1] ?? 0, calls)) unread += 1;
    calls.endBody();
  }
  return unread;
}

function recordBody(module: Uint8Array, start: number, end: number, calls: CallRecorder): boolean {
  let at = afterLocals(module, start, end);
  let depth = 1;
  while (at !== undefined) {
    const read = readExpression(module, at, end, calls, depth);
    if (read.kind !== 'beyond-mvp') return read.kind === 'complete';
    const next = passInstruction(module, read, end, calls);
    at = next?.at;
    depth = next?.depth ?? 0;
  }
  return false;
}

/** Undefined for damaged locals. */
function afterLocals(module: Uint8Array, start: number, end: number): number | undefined {
  const cursor = new Cursor(module, start, end);
  const problem = catchMalformed(() => {
    for (let groups = cursor.u32(); groups > 0; groups -= 1) {
      cursor.u32();
      const type = cursor.byte();
      // A typed reference has its heap type behind it.
      if (type === 0x63 || type === 0x64) cursor.skipNumber(64);
    }
  });
  return problem === undefined ? cursor.at : undefined;
}
