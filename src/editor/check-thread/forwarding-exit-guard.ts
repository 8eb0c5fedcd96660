import { ExitGuard } from '../../base/exit-guard.ts';
import type { FromThread } from './messages.ts';

/** Reports to the extension what it guards: a thread that is ended from outside runs no exit handler. */
export class ForwardingExitGuard extends ExitGuard {
  constructor(private readonly post: (message: FromThread) => void) {
    super();
  }

  override group(pid: number): () => void {
    return this.#forward('group', `${pid}`, super.group(pid));
  }

  override folder(path: string): () => void {
    return this.#forward('folder', path, super.folder(path));
  }

  #forward(what: 'group' | 'folder', name: string, release: () => void): () => void {
    this.post({ kind: 'guard', what, name, isHeld: true });
    return () => {
      release();
      this.post({ kind: 'guard', what, name, isHeld: false });
    };
  }
}
