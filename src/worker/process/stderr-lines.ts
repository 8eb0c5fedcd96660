/** Longer lines are cut. */
const MAX_LINE_CHARACTERS = 4096;

/** Splits a worker's stderr into lines. A worker may write any amount without a line feed; only a bounded part is kept. */
export class StderrLines {
  private line = '';
  private dropped = 0;

  /** Adds a piece of the text and returns the lines that it completes. */
  push(text: string): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.append(text, start, end);
      lines.push(this.take());
      start = end + 1;
    }
    this.append(text, start, text.length);
    return lines;
  }

  /** Returns the last line when it has no line feed. */
  end(): string[] {
    return this.line === '' ? [] : [this.take()];
  }

  private append(text: string, start: number, end: number): void {
    const room = Math.min(end - start, MAX_LINE_CHARACTERS - this.line.length);
    this.line += text.slice(start, start + room);
    this.dropped += end - start - room;
  }

  private take(): string {
    const { line, dropped } = this;
    this.line = '';
    this.dropped = 0;
    if (dropped > 0) return `${line}… (truncated, ${line.length + dropped} characters)`;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}
