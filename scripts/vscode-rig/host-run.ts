/** Judges the run of a test suite in an extension host. */

/** The file that the suite writes at its end (test/vscode/support/run-suite.ts). */
export interface SuiteResults {
  readonly host: { readonly vscode: string; readonly node: string };
  readonly tests: readonly TestResult[];
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms?: number;
  /** The error with its stack, or the reason for skipping. */
  readonly text?: string;
}

/** How the extension host ended. */
export type HostEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'timed-out'; readonly afterMs: number };

/** Has the members that test/support/reporter.cjs writes, too; scripts/test.mjs adds up both. */
export interface HostRun {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  readonly skips: readonly { readonly title: string; readonly reason: string }[];
}

export interface Ending {
  readonly end: HostEnd;
  /** Absent when the suite did not run to its end. */
  readonly results?: SuiteResults;
  /** The last test that started. */
  readonly running?: string;
  /** Tests were selected by name, so there may be none. */
  readonly isPicked: boolean;
}

/**
 * A suite has passed only if it wrote its results, ended with exit code 0 and ran at least one test. The exit code
 * alone proves nothing: a killed extension host ends with 0 too.
 */
export function judge({ end, results, running, isPicked }: Ending): HostRun {
  const tests = results?.tests ?? [];
  const of = (state: TestResult['state']) => tests.filter((test) => test.state === state);
  const failures = of('failed').map(({ title, text = '' }) => ({ title, message: text }));
  const problem = problemOf(end, results, isPicked);
  if (problem !== undefined && !(failures.length > 0 && problem.isFromFailures)) {
    const place = running === undefined || results ? '' : ` while it ran: ${running}`;
    failures.push({ title: 'the extension host', message: `${problem.message}${place}` });
  }
  return {
    passed: of('passed').length,
    failed: failures.length,
    skipped: of('skipped').length,
    failures,
    skips: of('skipped').map(({ title, text = 'no reason given' }) => ({ title, reason: text })),
  };
}

/** A run that was not possible: skipped with the reason, or failed with `CI=true`. */
export function notRun(reason: string, isCi: boolean): HostRun {
  const title = 'a real VS Code';
  const nothing = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
  if (isCi) return { ...nothing, failed: 1, failures: [{ title, message: reason }] };
  return { ...nothing, skipped: 1, skips: [{ title, reason }] };
}

interface Problem {
  readonly message: string;
  /** Failed tests can explain the problem. */
  readonly isFromFailures: boolean;
}

function problemOf(end: HostEnd, results: SuiteResults | undefined, isPicked: boolean): Problem | undefined {
  if (end.kind === 'timed-out') {
    const what = results ? 'did not end after its suite' : 'hung';
    return { message: `${what}: stopped after ${end.afterMs / 1000} s`, isFromFailures: false };
  }
  if (results === undefined) return { message: `crashed: no results, exit code ${end.code}`, isFromFailures: false };
  if (end.code !== 0) return { message: `ended with exit code ${end.code}`, isFromFailures: true };
  const hasRun = results.tests.some((test) => test.state !== 'skipped');
  if (!hasRun && !isPicked) return { message: 'ran no test', isFromFailures: true };
  return undefined;
}
