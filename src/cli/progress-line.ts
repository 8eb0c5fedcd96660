import { timeLeftMs } from '../base/time-left.ts';
import { formatMillis } from '../base/units.ts';
import { oneLine } from '../report/terminal.ts';

const REFRESH_MS = 120;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** The progress of a phase. */
export interface Step {
  /** `120 of 3 196 functions` */
  readonly text: string;
  /** 0 to 1. */
  readonly share: number;
}

/** One line of progress on a terminal. Without a terminal it writes nothing. */
export class ProgressLine implements Disposable {
  private readonly timer: NodeJS.Timeout | undefined;
  private phase = '';
  private since = performance.now();
  private expectedMs: number | undefined;
  private step: Step | undefined;
  private frame = 0;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    wanted: boolean,
  ) {
    if (wanted && stream.isTTY) this.timer = setInterval(() => this.draw(), REFRESH_MS);
  }

  /** Starts a phase. @param expectedMs estimated duration */
  show(phase: string, expectedMs?: number): void {
    this.phase = oneLine(phase);
    this.since = performance.now();
    this.expectedMs = expectedMs;
    this.step = undefined;
    this.draw();
  }

  /** Sets the estimated duration of the current phase. */
  expect(ms: number): void {
    this.expectedMs = ms;
  }

  /** Sets the progress of the phase, drawn with the next frame. */
  advance(step: Step): void {
    this.step = step;
  }

  /** Removes the line, so that other text can be written. */
  readonly clear = (): void => {
    if (this.timer) this.stream.write('\r\u001b[K');
  };

  [Symbol.dispose](): void {
    clearInterval(this.timer);
    this.clear();
  }

  private draw(): void {
    if (!this.timer || this.phase === '') return;
    this.frame = (this.frame + 1) % frames.length;
    const timing = this.timing();
    // Names of runtimes are long. Cuts the name rather than the time. A terminal without a size has 0 columns.
    const room = (this.stream.columns || 80) - 3 - timing.length;
    this.stream.write(`\r\u001b[K${frames[this.frame]} ${this.phase.slice(0, Math.max(room, 0))}${timing}`);
  }

  /** The elapsed time, the progress and the time left, as far as they are known. */
  private timing(): string {
    const elapsed = performance.now() - this.since;
    const left = timeLeftMs({ elapsedMs: elapsed, share: this.step?.share, expectedMs: this.expectedMs });
    const isNew = elapsed < 1000 && left === undefined && this.step === undefined;
    const parts = [isNew ? '' : formatMillis(elapsed), this.step?.text ?? '', left === undefined ? '' : leftText(left)];
    const known = parts.filter((part) => part !== '');
    return known.length === 0 ? '' : `  ${known.join(', ')}`;
  }
}

function leftText(ms: number): string {
  return ms > 500 ? `about ${Math.ceil(ms / 1000)} s left` : 'nearly done';
}
