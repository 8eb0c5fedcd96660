/** The figures that the suites in an extension host write for the process that started them. Times in milliseconds. */
import type { TimeSpent } from './activation/watch-activation.ts';

/** One activation in a new extension host. */
export interface ActivationFigures {
  /** VS Code's own figures, in whole milliseconds (`Developer: Startup Performance`). */
  readonly loadCode: number;
  readonly callActivate: number;
  readonly finishActivate: number;
  /** The share of the bundle's own code. */
  readonly load: TimeSpent;
  readonly activate: TimeSpent;
}

/** How busy the host's thread was for a while: how late its timers were, and how long it was active. */
export interface ThreadFigures {
  readonly wall: number;
  readonly longestDelay: number;
  readonly delayP99: number;
  /** The most CPU time at a stretch, to within one tick; absent before Node 23.9. */
  readonly longestCpu?: number;
  /** Time in which the thread was not idle. */
  readonly active: number;
}

export interface CheckFigures {
  readonly idle: ThreadFigures;
  /** During the extension's first check, of a runtime that was never prepared before. */
  readonly preparing: ThreadFigures;
  /** From the call of the public API's `prepare` to the report, for a blob that was prepared before. */
  readonly apiAgain: readonly number[];
  /** The same for the command, which shows its progress. */
  readonly commandAgain: readonly number[];
}

export interface SearchFigures {
  /** The extension was active before the test activated it, so `first` is not the first search. */
  readonly wasActive: boolean;
  /** Follows the activation. */
  readonly first: number;
  readonly later: readonly number[];
}
