import type { Services } from '../services.ts';
import type { Documents } from '../views/documents.ts';
import type { Panels } from '../views/webviews/panels.ts';

/** The services, and the documents and panels that commands open. */
export interface CommandServices extends Services {
  readonly documents: Documents;
  readonly panels: Panels;
}

/** Created once at activation. The inner function receives any arguments from VS Code. */
export type Command = (services: CommandServices) => (...args: readonly unknown[]) => Promise<unknown>;
