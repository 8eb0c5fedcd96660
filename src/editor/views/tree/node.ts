import type { CommandId, TreeContext } from '../../contributions.ts';

/** An item of the tree, independent of VS Code. */
export interface TreeNode {
  /** Stable, so that open items stay open after a refresh. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Without one, VS Code shows just the label again, and a narrow side bar cuts off the value. */
  readonly tooltip: string;
  /** Markdown with our own command links, instead of the plain tooltip. */
  readonly markdownTooltip?: string;
  /** A codicon, and a theme colour for it. VS Code draws a leaf without an icon as if it were not inside its parent. */
  readonly icon: { readonly id: string; readonly colour?: string };
  readonly context: TreeContext;
  /** For screen readers, if label and description are not enough. */
  readonly accessibleLabel?: string;
  readonly command?: { readonly id: CommandId; readonly args: readonly unknown[] };
  /** For runtimes: the argument of commands and the resource of the file decoration. */
  readonly runtimeId?: string;
  readonly findingId?: string;
  /** For crates without a runtime: the argument of commands. */
  readonly manifestPath?: string;
  /** For parts of the code: the argument of `pvf.openSource`. */
  readonly source?: ({ readonly crate: string } | { readonly symbol: string }) & { readonly runtimeId: string };
  readonly isOpen?: boolean;
  readonly children: readonly TreeNode[];
}

const leafIcon = { id: 'circle-small' };

/** A leaf with a label and a value. @param about one line that explains it */
export function fact(
  id: string,
  label: string,
  value: string,
  about: string,
  more: Partial<Omit<TreeNode, 'id' | 'label' | 'description'>> = {},
): TreeNode {
  return {
    id,
    label,
    description: value,
    tooltip: `${label}: ${value}\n${about}`,
    icon: leafIcon,
    context: 'fact',
    accessibleLabel: `${label}: ${value}`,
    children: [],
    ...more,
  };
}

/** Empty without children. @param about one line that explains it */
export function group(
  id: string,
  label: string,
  icon: string,
  children: readonly TreeNode[],
  about: string,
): TreeNode[] {
  return children.length === 0
    ? []
    : [{ id, label, tooltip: `${label}\n${about}`, icon: { id: icon }, context: 'fact', children }];
}
