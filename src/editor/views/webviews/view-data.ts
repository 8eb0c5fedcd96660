/** Where the views of a panel come from. */
import { emptyHistory } from '../../../model/history.ts';
import { historyView } from '../../../model/history-view.ts';
import type { HistoryView, SizesView } from '../../../model/view.ts';
import { CheckFailed } from '../../check-thread/thread-client.ts';
import type { PanelKind } from '../../contributions.ts';
import { inputPathOf, type Runtime } from '../../model.ts';
import type { Services } from '../../services.ts';
import { titleOf } from '../labels.ts';

export type PanelView = SizesView | HistoryView;

/** Rejects with `CheckFailed`. */
export async function loadView(kind: PanelKind, services: Services, runtime: Runtime): Promise<PanelView> {
  switch (kind) {
    case 'pvf.sizes':
      return sizesOf(services, runtime);
    case 'pvf.history':
      return historyOf(services, runtime);
  }
}

async function sizesOf({ checks, t }: Services, runtime: Runtime): Promise<SizesView> {
  const sizes = await checks.sizes(inputPathOf(runtime));
  if (sizes === undefined)
    throw new CheckFailed({ kind: 'problem', message: t('The module is damaged, so its sizes are not known.') });
  return { view: 'sizes', title: titleOf(runtime, checks.stateOf(runtime.id)), sizes };
}

function historyOf({ checks }: Services, runtime: Runtime): HistoryView {
  const { history = emptyHistory, report } = checks.stateOf(runtime.id);
  return historyView(history, { title: runtime.name, limits: report?.limits.items ?? [] });
}
