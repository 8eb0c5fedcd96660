import path from 'node:path';
import { gradeOf, isFailure } from '../../../model/grade.ts';
import type { CheckState, Runtime } from '../../model.ts';
import type { Translate } from '../../translate.ts';
import type { TreeNode } from './node.ts';
import { runtimeNode } from './runtime-node.ts';

/** A runtime, and what is known of it. */
export interface Known {
  readonly runtime: Runtime;
  readonly state: CheckState;
}

/** Folders of the workspace with their runtimes; a single folder is left out, as in the explorer. */
export function rootNodes(all: readonly Known[], nowMs: number, t: Translate): TreeNode[] {
  const folders = byFolder(all);
  const nodesOf = (known: readonly Known[]) => known.map(({ runtime, state }) => runtimeNode(runtime, state, nowMs, t));
  if (folders.size <= 1) return nodesOf(all).map((node) => (all.length === 1 ? { ...node, isOpen: true } : node));
  return [...folders].map(([folder, known]) => ({
    id: `folder:${folder}`,
    label: folder === '' ? t('Picked files') : path.basename(folder),
    ...(folder === '' ? {} : { tooltip: folder }),
    icon: { id: folder === '' ? 'file' : 'root-folder' },
    context: 'folder',
    isOpen: true,
    children: nodesOf(known),
  }));
}

function byFolder(all: readonly Known[]): Map<string, Known[]> {
  const folders = new Map<string, Known[]>();
  for (const known of all) {
    const folder = known.runtime.workspaceFolder ?? '';
    folders.set(folder, [...(folders.get(folder) ?? []), known]);
  }
  return folders;
}

/** The badge of the view: how many runtimes are of no use as they are. */
export function failures(all: readonly Known[]): number {
  return all.filter(
    ({ state: { report, isCurrent } }) => report !== undefined && isCurrent && isFailure(gradeOf(report)),
  ).length;
}
