/** Where the views of a panel come from. */
import { historyView, pastResultOf } from '../../../model/history-view.ts';
import type { HistoryView, SizesView } from '../../../model/view.ts';
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

async function sizesOf({ checks }: Services, runtime: Runtime): Promise<SizesView> {
  const sizes = await checks.sizes(inputPathOf(runtime));
  return { view: 'sizes', title: titleOf(runtime, checks.stateOf(runtime.id)), sizes };
}

/** SEAM: the branch `history` keeps all results. Until then the editor knows the last two. */
function historyOf({ checks }: Services, runtime: Runtime): HistoryView {
  const { previous, report } = checks.stateOf(runtime.id);
  const results = [previous, report].filter((one) => one !== undefined).map(pastResultOf);
  return historyView(runtime.name, results, { limits: report?.limits.items ?? [] });
}
