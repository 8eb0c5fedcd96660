/** Polkadot's two priorities; pre-checking, backing and heads-up are normal, approval and dispute critical. */
export type Priority = 'normal' | 'critical';

interface Waiting<Item> {
  readonly item: Item;
  readonly priority: Priority;
  /** Jobs of one subject replace each other while they wait. */
  readonly subject: string | undefined;
}

/** Two first-in-first-out queues, critical first (`prepare/queue.rs`), in which the latest job of a subject wins. */
export class JobQueue<Item> {
  private readonly waiting: Record<Priority, Waiting<Item>[]> = { critical: [], normal: [] };

  get size(): number {
    return this.waiting.critical.length + this.waiting.normal.length;
  }

  /** Priority of the job that comes next. */
  get nextPriority(): Priority | undefined {
    if (this.waiting.critical.length > 0) return 'critical';
    return this.waiting.normal.length > 0 ? 'normal' : undefined;
  }

  /** Adds a job and returns the waiting one of the same subject that it replaces, if there is one. */
  enqueue(item: Item, priority: Priority, subject?: string): Item | undefined {
    const replaced = subject === undefined ? undefined : this.removeWhere((entry) => entry.subject === subject);
    this.waiting[priority].push({ item, priority, subject });
    return replaced;
  }

  /** Puts back a job whose worker went away before it began. */
  putBack(item: Item, priority: Priority, subject?: string): void {
    this.waiting[priority].unshift({ item, priority, subject });
  }

  dequeue(): Item | undefined {
    return (this.waiting.critical.shift() ?? this.waiting.normal.shift())?.item;
  }

  /** Does a job of this subject wait? */
  has(subject: string): boolean {
    return Object.values(this.waiting).some((entries) => entries.some((entry) => entry.subject === subject));
  }

  remove(item: Item): void {
    this.removeWhere((entry) => entry.item === item);
  }

  private removeWhere(matches: (entry: Waiting<Item>) => boolean): Item | undefined {
    for (const entries of Object.values(this.waiting)) {
      const at = entries.findIndex(matches);
      if (at >= 0) return entries.splice(at, 1)[0]?.item;
    }
    return undefined;
  }
}
