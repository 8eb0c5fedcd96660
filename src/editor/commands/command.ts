import type { Services } from '../services.ts';
import type { Documents } from '../views/documents.ts';

/** The services, and the documents that commands open. */
export interface CommandServices extends Services {
  readonly documents: Documents;
}

/** Created once at activation. The inner function receives any arguments from VS Code. */
export type Command = (services: CommandServices) => (...args: readonly unknown[]) => Promise<unknown>;
