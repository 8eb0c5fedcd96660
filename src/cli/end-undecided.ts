/**
 * main.ts imports this file first: an error in any other file must not end the process with Node's status 1, which says that
 * a runtime can't ship. So it imports no values from other rooms than base.
 */
import { writeSync } from 'node:fs';
import type { ExitCode } from './exit-code.ts';
import { unexpectedErrorText } from './unexpected-error.ts';

const undecided: ExitCode = 3;

/** Ends the process as undecided, whatever is thrown and wherever. The exit handlers remove files and processes. */
function endUndecided(error: unknown): never {
  try {
    // Synchronous, because this process may not be able to wait.
    writeSync(process.stderr.fd, unexpectedErrorText(error));
  } catch {
    // Nobody can read it.
  }
  process.exit(undecided);
}

// A process that ends before its command does is undecided too.
process.exitCode = undecided;
// Node passes rejections without a handler to this event as well.
process.on('uncaughtException', endUndecided);
