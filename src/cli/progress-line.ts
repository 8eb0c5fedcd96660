import { formatMillis } from '../base/units.ts';
import { oneLine } from '../report/terminal.ts';

const REFRESH_MS = 120;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** One line at the foot of a terminal that says what is going on; nothing at all where there is no terminal. */
export class ProgressLine implements Disposable {
  private readonly timer: NodeJS.Timeout | undefined;
  private phase = '';
  private since = performance.now();
  private expectedMs: number | undefined;
  private frame = 0;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    wanted: boolean,
  ) {
    if (wanted && stream.isTTY) this.timer = setInterval(() => this.draw(), REFRESH_MS);
  }

  /** Starts a phase. @param expectedMs how long it will take, about, if that is known */
  show(phase: string, expectedMs?: number): void {
    this.phase = oneLine(phase);
    this.since = performance.now();
    this.expectedMs = expectedMs;
    this.draw();
  }

  /** Says how long the phase will take, without starting it again. */
  expect(ms: number): void {
    this.expectedMs = ms;
  }

  /** Takes the line away, for something else to be written. */
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
    // Names of runtimes are long: rather the end of the name is lost than the time. A terminal without a size has 0 columns.
    const room = (this.stream.columns || 80) - 3 - timing.length;
    this.stream.write(`\r\u001b[K${frames[this.frame]} ${this.phase.slice(0, Math.max(room, 0))}${timing}`);
  }

  private timing(): string {
    const elapsed = performance.now() - this.since;
    if (elapsed < 1000 && this.expectedMs === undefined) return '';
    const left = this.expectedMs === undefined ? undefined : this.expectedMs - elapsed;
    if (left === undefined) return `  ${formatMillis(elapsed)}`;
    const rest = left > 500 ? `about ${Math.ceil(left / 1000)} s left` : 'nearly done';
    return `  ${formatMillis(elapsed)}, ${rest}`;
  }
}
