import type { CommandId, TreeContext } from '../../contributions.ts';

/** An item of the tree, independent of VS Code. */
export interface TreeNode {
  /** Stable, so that open items stay open after a refresh. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Markdown with our own command links. */
  readonly markdownTooltip?: string;
  /** A codicon, and a theme colour for it. */
  readonly icon?: { readonly id: string; readonly colour?: string };
  readonly context: TreeContext;
  /** For screen readers, if label and description are not enough. */
  readonly accessibleLabel?: string;
  readonly command?: { readonly id: CommandId; readonly args: readonly unknown[] };
  /** For runtimes: the argument of commands and the resource of the file decoration. */
  readonly runtimeId?: string;
  readonly findingId?: string;
  /** For crates without a runtime: the argument of commands. */
  readonly manifestPath?: string;
  readonly isOpen?: boolean;
  readonly children: readonly TreeNode[];
}

/** A leaf with a label and a value. */
export function fact(id: string, label: string, description: string, more: Partial<TreeNode> = {}): TreeNode {
  return {
    id,
    label,
    description,
    context: 'fact',
    accessibleLabel: `${label}: ${description}`,
    children: [],
    ...more,
  };
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
