import { rmSync } from 'node:fs';

/**
 * The last resort for what must not outlive this process, when it ends without disposing: on the process's `exit` event,
 * kills process groups and removes folders, synchronously. It can do nothing when this process gets SIGKILL; a worker
 * then sees its stream close and ends by itself.
 */
export class ExitGuard implements Disposable {
  private readonly groups = new Set<number>();
  private readonly folders = new Set<string>();
  private readonly onExit = () => this.clean();

  constructor() {
    process.on('exit', this.onExit);
  }

  /** Guards a process group, given its leader's pid. Call the result to release it. */
  group(pid: number): () => void {
    this.groups.add(pid);
    return () => this.groups.delete(pid);
  }

  /** Guards a folder. Call the result to release it. */
  folder(path: string): () => void {
    this.folders.add(path);
    return () => this.folders.delete(path);
  }

  [Symbol.dispose](): void {
    process.off('exit', this.onExit);
    this.clean();
  }

  private clean(): void {
    for (const pid of this.groups) signalGroup(pid, 'SIGKILL');
    for (const path of this.folders) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    this.groups.clear();
    this.folders.clear();
  }
}

/** Sends a signal to a whole process group (on Windows, which has none, to its leader). False when the group is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
