/** The runtimes in the Testing view: each with its profiles, prepared on request or on every change. */
import {
  type CancellationToken,
  Disposable,
  Location,
  Range,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  Uri,
} from 'vscode';
import { PlaceLookup } from '../../runtime/sources/place-lookup.ts';
import { abortOn } from '../commands/abort-on.ts';
import { testController } from '../contributions.ts';
import type { CheckEnd, CheckReason, Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { loadRules } from '../views/findings.ts';
import { titleOf } from '../views/labels.ts';
import { outputBlock } from '../views/output.ts';
import type { TestCase } from './test-cases.ts';
import { type TestOutcome, type TestProblem, testOutcome } from './test-outcome.ts';
import { TestTree } from './test-tree.ts';

/** Costs nothing until the Testing view is opened. */
export function provideTests(services: Services): Disposable {
  const { t } = services;
  const controller = tests.createTestController(testController, 'PVF');
  const tree = new TestTree(controller, services);
  const context = { controller, tree, services };
  controller.resolveHandler = async (item) => {
    if (item === undefined) await tree.open();
  };
  controller.refreshHandler = async () => {
    await services.runtimes.refresh();
    await tree.open();
  };
  const run = (request: TestRunRequest, token: CancellationToken) =>
    request.continuous === true ? runOnChange(context, request, token) : runOnce(context, request, token);
  controller.createRunProfile(t('Prepare'), TestRunProfileKind.Run, run, true, undefined, true);
  return Disposable.from(tree, controller);
}

interface TestContext {
  readonly controller: TestController;
  readonly tree: TestTree;
  readonly services: Services;
}

type Test = readonly [TestItem, TestCase];

async function runOnce(context: TestContext, request: TestRunRequest, token: CancellationToken): Promise<void> {
  const { controller, tree } = context;
  await runTests(context, controller.createTestRun(request), tree.casesOf(request.include, request.exclude), {
    reason: 'command',
    token,
  });
}

/** Each new build is a run of its own. */
function runOnChange(context: TestContext, request: TestRunRequest, token: CancellationToken): void {
  const { controller, tree, services } = context;
  const testsOf = ({ id }: Runtime) =>
    tree.casesOf(request.include, request.exclude).filter(([, { runtime }]) => runtime.id === id);
  const subscription = Disposable.from(
    services.checks.keepPrepared((runtime) => testsOf(runtime).length > 0),
    services.checks.onDidFinish(({ runtime, state, fromCache }) => {
      const own = testsOf(runtime);
      if (own.length === 0 || (state.problem === undefined && state.report?.outcome === undefined)) return;
      const items = own.map(([item]) => item);
      const change = new TestRunRequest(items, undefined, request.profile, true, true);
      runTests(context, controller.createTestRun(change), own, {
        reason: 'change',
        token,
        finished: { kind: 'checked', state, fromCache },
      }).catch((error: unknown) => services.channel.error(String(error)));
    }),
  );
  token.onCancellationRequested(() => subscription.dispose());
}

interface RunOptions {
  readonly reason: CheckReason;
  readonly token: CancellationToken;
  /** The result with the profile in use, if there is one already. */
  readonly finished?: CheckEnd;
}

/** One after the other, because the scheduler runs one check at a time. */
async function runTests(
  context: TestContext,
  run: TestRun,
  all: readonly Test[],
  { reason, token, finished }: RunOptions,
): Promise<void> {
  const cancelling = [abortOn(token), abortOn(run.token)] as const;
  const signal = AbortSignal.any(cancelling.map((one) => one.signal));
  try {
    for (const [item] of all) run.enqueued(item);
    for (const test of all) {
      if (signal.aborted) run.skipped(test[0]);
      else await runTest(context, run, test, { reason, signal, finished });
    }
  } finally {
    for (const one of cancelling) one[Symbol.dispose]();
    run.end();
  }
}

async function runTest(
  { services }: TestContext,
  run: TestRun,
  [item, { runtime: known, profile, isInUse }]: Test,
  { reason, signal, finished }: Pick<RunOptions, 'reason'> & { signal: AbortSignal; finished: CheckEnd | undefined },
): Promise<void> {
  const { checks, runtimes } = services;
  run.started(item);
  const runtime = runtimes.byId(known.id) ?? known;
  const options = { reason, signal, ...(!isInUse && { profile }) };
  const end = (isInUse ? finished : undefined) ?? (await checks.check('prepare', runtime, options));
  const report = end.kind === 'checked' ? end.state.report : undefined;
  if (report !== undefined) {
    const block = outputBlock(report, undefined, titleOf(runtime, { report }));
    run.appendOutput(`${block}\n`.replaceAll('\n', '\r\n'), undefined, item);
  }
  await tell(run, item, testOutcome(end, runtime, await loadRules()), runtime);
}

async function tell(run: TestRun, item: TestItem, outcome: TestOutcome, runtime: Runtime): Promise<void> {
  switch (outcome.kind) {
    case 'passed':
      return run.passed(item, outcome.durationMs);
    case 'failed':
      return run.failed(item, await messagesOf(outcome.problems, runtime), outcome.durationMs);
    case 'errored':
      return run.errored(item, new TestMessage(outcome.text), outcome.durationMs);
    case 'skipped':
      return run.skipped(item);
  }
}

async function messagesOf(problems: readonly TestProblem[], runtime: Runtime): Promise<TestMessage[]> {
  const lookup = new PlaceLookup(runtime);
  return Promise.all(
    problems.map(async ({ text, place }) => {
      const message = new TestMessage(text);
      const found = await lookup.of(place);
      if (found) {
        const { path, line, column, length } = found;
        message.location = new Location(Uri.file(path), new Range(line, column, line, column + length));
      }
      return message;
    }),
  );
}
