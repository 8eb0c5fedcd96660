import { inspect } from 'node:util';
import { errorMessage } from '../base/errors.ts';

interface Fault {
  readonly pattern: RegExp;
  readonly text: string;
}

/** In the messages of V8 and Node, which have no codes for most of these. */
const faults: readonly Fault[] = [
  {
    pattern: /out of memory|allocation failed|ENOMEM|ERR_WORKER_OUT_OF_MEMORY|could not allocate/i,
    text: 'there is not enough memory (address space). Close other programs, or raise the limit (`ulimit -v`).',
  },
  {
    pattern: /EMFILE|ENFILE|too many open files/i,
    text: 'too many files are open. Raise the limit (`ulimit -n`).',
  },
  { pattern: /EAGAIN/, text: 'no more processes or threads can be started. Raise the limit (`ulimit -u`).' },
];

/** What this machine lacks, when that is the cause of an error: one line for the user. */
export function machineFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = `${(error as NodeJS.ErrnoException).code} ${error.message}`;
  const fault = faults.find(({ pattern }) => pattern.test(text));
  if (fault !== undefined) return `${fault.text} Nothing was decided.`;
  // The members of a SuppressedError, which Node 20 does not define: disposing failed after another error.
  const { cause, error: last, suppressed } = error as { cause?: unknown; error?: unknown; suppressed?: unknown };
  return machineFault(cause) ?? machineFault(suppressed) ?? machineFault(last);
}

/** An error that no command expects: a fault of this machine, or a defect. */
export function unexpectedErrorText(error: unknown): string {
  const fault = machineFault(error);
  if (fault !== undefined) return `error: ${fault}\n`;
  // With the causes, and with both errors of a SuppressedError.
  const stack = error instanceof Error ? inspect(error) : errorMessage(error);
  return `This is a defect of pvf. Please report it:\n${stack}\nNothing was decided.\n`;
}
