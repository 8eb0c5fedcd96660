import type { CommandId, TreeContext } from '../../contributions.ts';

/** An entry of the tree, without VS Code. */
export interface TreeNode {
  /** Stable over refreshes, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Markdown with our own command links. */
  readonly markdownTooltip?: string;
  /** A codicon, and a theme colour for it. */
  readonly icon?: { readonly id: string; readonly colour?: string };
  readonly context: TreeContext;
  /** For a screen reader, where label and description don't say it all. */
  readonly spoken?: string;
  readonly command?: { readonly id: CommandId; readonly args: readonly unknown[] };
  /** Of runtimes: what commands get, and what the file decoration belongs to. */
  readonly runtimeId?: string;
  readonly findingId?: string;
  readonly isOpen?: boolean;
  readonly children: readonly TreeNode[];
}

/** A line of figures. */
export function fact(id: string, label: string, description: string, more: Partial<TreeNode> = {}): TreeNode {
  return { id, label, description, context: 'fact', spoken: `${label}: ${description}`, children: [], ...more };
}

export function group(
  id: string,
  label: string,
  icon: string,
  children: readonly TreeNode[],
  description?: string,
): TreeNode[] {
  if (children.length === 0) return [];
  return [
    { id, label, icon: { id: icon }, context: 'fact', children, ...(description === undefined ? {} : { description }) },
  ];
}
