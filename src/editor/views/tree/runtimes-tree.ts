import {
  Disposable,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  workspace,
} from 'vscode';
import { runtimesView } from '../../contributions.ts';
import { runtimeEntries, type Services } from '../../services.ts';
import { runtimeUri } from '../decorations.ts';
import { everyMinute, onAnyChange } from '../on-change.ts';
import { trustedMarkdown } from '../status.ts';
import type { TreeNode } from './node.ts';
import { failures, rootNodes } from './runtime-node.ts';
import { unbuiltNodes } from './unbuilt-node.ts';

/** The Runtimes view. `viewsWelcome` in package.json has the texts for an empty view. */
export function showRuntimesTree(services: Services): Disposable {
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: itemOf,
    getChildren: (node) => [...(node?.children ?? roots(services))],
  };
  const view = window.createTreeView(runtimesView, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const redraw = () => changed.fire(undefined);
  // Rows and tooltips have ages. A hidden view is redrawn when it is shown again.
  const ages = Disposable.from(
    everyMinute(() => view.visible && redraw()),
    view.onDidChangeVisibility(({ visible }) => visible && redraw()),
  );
  const subscription = onAnyChange(services, () => {
    redraw();
    view.message = workspace.isTrusted ? '' : untrustedText(services);
    const count = failures(runtimeEntries(services));
    view.badge = count === 0 ? undefined : { value: count, tooltip: badgeText(count, services) };
  });
  return Disposable.from(subscription, ages, view, changed);
}

function roots(services: Services): TreeNode[] {
  const { t, runtimes } = services;
  return [...rootNodes(runtimeEntries(services), Date.now(), t), ...unbuiltNodes(runtimes.unbuilt, t)];
}

/** The welcome text says it too, but only an empty view shows that. */
function untrustedText({ t }: Services): string {
  return t('This workspace is not trusted: only the built-in worker runs, and settings that name paths are ignored.');
}

function badgeText(count: number, { t }: Services): string {
  return count === 1 ? t('1 runtime would not pass') : t('{0} runtimes would not pass', count);
}

function itemOf(node: TreeNode): TreeItem {
  const { label, icon, accessibleLabel, command, runtimeId } = node;
  const item = new TreeItem(label, collapsible(node));
  item.id = node.id;
  item.contextValue = node.context;
  if (node.description !== undefined) item.description = node.description;
  if (node.markdownTooltip !== undefined) item.tooltip = trustedMarkdown(node.markdownTooltip);
  else item.tooltip = node.tooltip;
  item.iconPath = new ThemeIcon(icon.id, icon.colour === undefined ? undefined : new ThemeColor(icon.colour));
  // Other rows have it only for commands. The decoration is that of the runtime.
  if (runtimeId !== undefined && node.context !== 'limits') item.resourceUri = runtimeUri(runtimeId);
  if (accessibleLabel !== undefined) item.accessibilityInformation = { label: accessibleLabel };
  if (command !== undefined) item.command = { command: command.id, title: label, arguments: [...command.args] };
  return item;
}

function collapsible({ children, isOpen }: TreeNode): TreeItemCollapsibleState {
  if (children.length === 0) return TreeItemCollapsibleState.None;
  return isOpen === true ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
