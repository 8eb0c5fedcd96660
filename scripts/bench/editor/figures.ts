/** What the suites that run in an extension host write down for the process that started them. Times in milliseconds. */
import type { Spent } from './activation/spent.ts';

/** One activation in a fresh extension host. */
export interface ActivationFigures {
  /** As VS Code itself counts them, in whole milliseconds: `Developer: Startup Performance`. */
  readonly loadCode: number;
  readonly callActivate: number;
  readonly finishActivate: number;
  /** Of the same, what the bundle's own code takes, to a fraction of a millisecond. */
  readonly load: Spent;
  readonly activate: Spent;
}

/** How long the host's thread let a timer wait in a while of time. */
export interface ThreadFigures {
  readonly wall: number;
  readonly longestDelay: number;
  readonly delayP99: number;
  /** The most CPU time that it took at a stretch, give or take a few; absent before Node 23.9. */
  readonly longestCpu?: number;
  /** In which the thread did not wait for something to do. */
  readonly active: number;
}

export interface CheckFigures {
  readonly idle: ThreadFigures;
  /** While a runtime is prepared that was never seen, by an extension that has not checked anything yet. */
  readonly preparing: ThreadFigures;
  /** From the call of `prepare` of the public API to the report, of a blob that was prepared before. */
  readonly apiAgain: readonly number[];
  /** The same of the command, which shows its progress. */
  readonly commandAgain: readonly number[];
}

export interface SearchFigures {
  /** Was the extension active before anybody asked for it? Then the first search is none. */
  readonly wasActive: boolean;
  /** With the activation before it. */
  readonly first: number;
  readonly later: readonly number[];
}
