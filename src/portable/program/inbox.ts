import type { Socket } from 'node:net';
import { FrameReader, FrameTooLong } from '../../worker/wire/frame.ts';

/** Far above any code that a chain would store. Polkadot's worker has no bound, and panics where it can't allocate. */
const LARGEST_FRAME_BYTES = 512 * 1024 * 1024;

/** Why nothing more comes. */
export type InboxEnd = { readonly kind: 'closed' } | { readonly kind: 'bad-frame'; readonly message: string };

/** The payloads that a host sends, in order; it may send more than one before the first is taken. */
export class Inbox {
  private readonly payloads: Uint8Array[] = [];
  private readonly reader = new FrameReader(LARGEST_FRAME_BYTES);
  private waiting: (() => void) | undefined;
  private reason: InboxEnd | undefined;

  /** @param onEnd called once, when the host has closed the stream or sent no frame */
  constructor(
    socket: Socket,
    private readonly onEnd: () => void,
  ) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', () => this.finish({ kind: 'closed' }));
    socket.on('end', () => this.finish({ kind: 'closed' }));
    socket.on('close', () => this.finish({ kind: 'closed' }));
    // Then its events may have been before this.
    if (socket.destroyed) this.finish({ kind: 'closed' });
  }

  /** Why nothing more comes; undefined as long as something may. */
  get end(): InboxEnd | undefined {
    return this.reason;
  }

  /** The next payload, or why there is none. Payloads that came before the end are given first. */
  async next(): Promise<Uint8Array | InboxEnd> {
    for (;;) {
      const payload = this.payloads.shift();
      if (payload !== undefined) return payload;
      if (this.reason !== undefined) return this.reason;
      await new Promise<void>((resolve) => {
        this.waiting = resolve;
      });
    }
  }

  private take(bytes: Uint8Array): void {
    if (this.reason !== undefined) return;
    try {
      this.payloads.push(...this.reader.push(bytes));
    } catch (error) {
      if (!(error instanceof FrameTooLong)) throw error;
      this.finish({ kind: 'bad-frame', message: error.message });
    }
    this.wake();
  }

  private finish(end: InboxEnd): void {
    if (this.reason !== undefined) return;
    this.reason = end;
    this.onEnd();
    this.wake();
  }

  private wake(): void {
    this.waiting?.();
    this.waiting = undefined;
  }
}
