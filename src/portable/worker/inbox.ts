import type { Socket } from 'node:net';
import { FrameReader, FrameTooLong } from '../../worker/wire/frame.ts';

/** Far above any code that a chain would store. Polkadot's worker has no bound, and panics when an allocation fails. */
const MAX_FRAME_BYTES = 512 * 1024 * 1024;

/** Why there will be no more payloads. */
export type InboxEnd = { readonly kind: 'closed' } | { readonly kind: 'bad-frame'; readonly message: string };

/** Queues the payloads of a host, which may send several before the first is taken. */
export class Inbox {
  private readonly payloads: Uint8Array[] = [];
  private readonly reader = new FrameReader(MAX_FRAME_BYTES);
  private waiting: (() => void) | undefined;
  private reason: InboxEnd | undefined;

  /** @param onEnd called once, when the host closes the stream or sends an invalid frame */
  constructor(
    socket: Socket,
    private readonly onEnd: () => void,
  ) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', () => this.finish({ kind: 'closed' }));
    socket.on('end', () => this.finish({ kind: 'closed' }));
    socket.on('close', () => this.finish({ kind: 'closed' }));
    // The socket may have closed before these listeners were added.
    if (socket.destroyed) this.finish({ kind: 'closed' });
  }

  /** Why there will be no more payloads; undefined while the stream is open. */
  get end(): InboxEnd | undefined {
    return this.reason;
  }

  /** The next payload, or why there is none. Payloads that arrived before the end come first. */
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
