import { ExitGuard } from '../../base/exit-guard.ts';
import type { FromThread } from './messages.ts';

/** Tells the extension too what is guarded: a thread that is ended from outside runs no exit handler. */
export class TellingGuard extends ExitGuard {
  constructor(private readonly tell: (message: FromThread) => void) {
    super();
  }

  override group(pid: number): () => void {
    return this.#held('group', `${pid}`, super.group(pid));
  }

  override folder(path: string): () => void {
    return this.#held('folder', path, super.folder(path));
  }

  #held(what: 'group' | 'folder', name: string, release: () => void): () => void {
    this.tell({ kind: 'guard', what, name, isHeld: true });
    return () => {
      release();
      this.tell({ kind: 'guard', what, name, isHeld: false });
    };
  }
}
