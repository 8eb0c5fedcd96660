/** Nodes of a size tree while it is made. */
import type { SizeNode, SizeNodeKind } from '../../model/size-tree.ts';
import { type CostSum, costMembers } from '../costs/cost-sums.ts';

export class TreeNode {
  bytes = 0;
  functions = 0;
  /** Absent without a preparation with costs. */
  #cost: CostSum | undefined;
  /** Leaves have none: most nodes are leaves. */
  #children: Map<string, TreeNode> | undefined;

  constructor(
    readonly name: string,
    readonly kind: SizeNodeKind,
  ) {}

  /** The child of that kind and name, made if there is none. */
  child(name: string, kind: SizeNodeKind): TreeNode {
    const key = `${kind} ${name}`;
    this.#children ??= new Map();
    let child = this.#children.get(key);
    if (child === undefined) {
      child = new TreeNode(name, kind);
      this.#children.set(key, child);
    }
    return child;
  }

  add(bytes: number, functions: number, cost?: CostSum): void {
    this.bytes += bytes;
    this.functions += functions;
    if (cost === undefined) return;
    this.#cost ??= { nanos: 0, machineCodeBytes: 0 };
    this.#cost.nanos += cost.nanos;
    this.#cost.machineCodeBytes += cost.machineCodeBytes;
  }

  finished(): SizeNode {
    const { name, kind, bytes, functions } = this;
    const children: SizeNode[] = [];
    if (this.#children !== undefined) for (const child of this.#children.values()) children.push(child.finished());
    if (children.length > 1) largestFirst(children);
    if (functions === 0) return { name, kind, bytes, children };
    if (this.#cost === undefined) return { name, kind, bytes, functions, children };
    return { name, kind, bytes, functions, ...costMembers(this.#cost), children };
  }
}

/** The name decides between equal ones, so that two builds of the same module give the same tree. */
export function largestFirst<T extends { readonly bytes: number; readonly name: string }>(items: T[]): T[] {
  return items.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
