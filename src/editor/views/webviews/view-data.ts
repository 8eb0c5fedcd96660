/** Where the views of a panel come from. */
import { emptyHistory } from '../../../model/history.ts';
import { historyView } from '../../../model/history-view.ts';
import type { HistoryView, SizesView, View } from '../../../model/view.ts';
import type { ComparedRuntime } from '../../check-thread/messages.ts';
import { CheckFailed } from '../../check-thread/thread-client.ts';
import { inputPathOf, type Runtime } from '../../model.ts';
import type { Services } from '../../services.ts';
import { titleOf } from '../labels.ts';
import { type PanelSubject, type ReportRef, runtimeIdsOf } from './subject.ts';

export interface LoadedView {
  readonly view: View;
  /** The same as a document. Absent: it exists for comparisons only. */
  readonly markdown?: string;
}

/** Rejects with `CheckFailed`. */
export async function loadView(subject: PanelSubject, services: Services): Promise<LoadedView> {
  // After a reload of the window, the runtimes are not known yet.
  if (runtimeIdsOf(subject).some((id) => services.runtimes.byId(id) === undefined)) await services.runtimes.refresh();
  switch (subject.kind) {
    case 'pvf.sizes':
      return { view: await sizesOf(services, runtimeOf(services, subject.runtimeId)) };
    case 'pvf.history':
      return { view: historyOf(services, runtimeOf(services, subject.runtimeId)) };
    case 'pvf.compare': {
      const [older, newer] = [sideOf(services, subject.older), sideOf(services, subject.newer)];
      return services.checks.queries.compare(older, newer, runtimeOf(services, subject.newer.runtimeId));
    }
  }
}

/** The name of what the panel shows, before it is loaded. */
export function nameOf(subject: PanelSubject, { runtimes }: Pick<Services, 'runtimes'>): string {
  const names = runtimeIdsOf(subject).map((id) => runtimes.byId(id)?.name ?? id);
  return [...new Set(names)].join(' → ');
}

function runtimeOf({ runtimes, t }: Services, id: string): Runtime {
  const runtime = runtimes.byId(id);
  if (runtime === undefined) throw problem(t('This runtime is no longer in the workspace: {0}', id));
  return runtime;
}

async function sizesOf({ checks, t }: Services, runtime: Runtime): Promise<SizesView> {
  const sizes = await checks.queries.sizes(inputPathOf(runtime));
  if (sizes === undefined) throw problem(t('The module is damaged, so its sizes are not known.'));
  return { view: 'sizes', title: titleOf(runtime, checks.stateOf(runtime.id)), sizes };
}

function historyOf({ checks }: Services, runtime: Runtime): HistoryView {
  const { history = emptyHistory, report } = checks.stateOf(runtime.id);
  return historyView(history, { title: runtime.name, limits: report?.limits.items ?? [] });
}

function sideOf(services: Services, { runtimeId, which }: ReportRef): ComparedRuntime {
  const runtime = runtimeOf(services, runtimeId);
  const state = services.checks.stateOf(runtimeId);
  const { report, previous } = state;
  if (which === 'last') {
    return { path: inputPathOf(runtime), name: titleOf(runtime, state), ...(report && { report }) };
  }
  if (previous === undefined) throw problem(services.t('{0} has no earlier report to compare with.', runtime.name));
  return { report: previous, name: titleOf(runtime, { report: previous }) };
}

function problem(message: string): CheckFailed {
  return new CheckFailed({ kind: 'problem', message });
}
