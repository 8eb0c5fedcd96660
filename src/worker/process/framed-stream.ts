import type { Socket } from 'node:net';
import { encodeFrame, FrameReader } from '../wire/frame.ts';

/** Far above any response, which is below 1 KiB plus the length of an error text. */
const RESPONSE_BOUND = 64 * 1024 * 1024;

/** The worker closed the stream. Polkadot's host has the same message (from tokio). */
class StreamEnded extends Error {
  override readonly name = 'StreamEnded';
  constructor() {
    super('early eof');
  }
}

/** The worker sent bytes without a request. */
class UnexpectedBytes extends Error {
  override readonly name = 'UnexpectedBytes';
}

interface Receiver {
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** One request out, one answer in, over a worker's socket. */
export class FramedStream {
  private readonly reader = new FrameReader(RESPONSE_BOUND);
  private receiver: Receiver | undefined;
  private failure: Error | undefined;

  constructor(private readonly socket: Socket) {
    socket.on('data', (bytes) => this.onData(bytes));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new StreamEnded()));
    socket.on('end', () => this.fail(new StreamEnded()));
  }

  /** Resolves when the kernel has taken the frame. Rejects with the system's error, or the reason why the stream ended. */
  send(payload: Uint8Array): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.socket.write(encodeFrame(payload), (error) => (error ? reject(error) : resolve()));
    });
  }

  /** The next frame. Rejects with `StreamEnded`, `FrameTooLong`, `UnexpectedBytes` or the system's error. */
  receive(): Promise<Uint8Array> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.receiver = { resolve, reject };
    });
  }

  /** Whether the worker sent nothing after its last answer. A worker that does can't be trusted. */
  get isQuiet(): boolean {
    return this.failure === undefined && this.reader.pending === 0;
  }

  close(): void {
    this.socket.destroy();
  }

  private onData(bytes: Uint8Array): void {
    if (this.failure) return;
    let payloads: Uint8Array[];
    try {
      payloads = this.reader.push(bytes);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    for (const payload of payloads) {
      const { receiver } = this;
      if (!receiver) {
        this.fail(new UnexpectedBytes('the worker sent an answer without a request'));
        return;
      }
      this.receiver = undefined;
      receiver.resolve(payload);
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    // Nothing that follows can be trusted, and nothing may fill the memory.
    this.socket.destroy();
    this.receiver?.reject(this.failure);
    this.receiver = undefined;
  }
}
