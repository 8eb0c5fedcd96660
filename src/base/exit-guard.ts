import { removeFolderSync } from './remove-folder.ts';

/**
 * Cleans up when this process exits without disposing its resources: the `exit` event synchronously kills process groups
 * and removes folders. It can't handle SIGKILL. Then the built-in worker
 * sees its stream close and exits; the official worker does so only when its job has ended. A later run removes the folders.
 */
export class ExitGuard implements Disposable {
  private readonly groups = new Set<number>();
  private readonly folders = new Set<string>();
  private readonly onExit = () => this.clean();

  constructor() {
    process.on('exit', this.onExit);
  }

  /** Guards a process group. Call the result to release it. @param pid of the group's leader */
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
    for (const pid of this.groups) quietly(() => signalGroup(pid, 'SIGKILL'));
    for (const path of this.folders) quietly(() => removeFolderSync(path));
    this.groups.clear();
    this.folders.clear();
  }
}

/** An error at the exit would change the exit status. What is left is removed by a later run. */
function quietly(action: () => void): void {
  try {
    action();
  } catch {}
}

/** Sends a signal to a process group; on Windows, which has no groups, to its leader. Returns false when it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
