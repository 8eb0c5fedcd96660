import type { Services } from '../services.ts';
import type { Documents } from '../views/documents.ts';

/** What commands need: the services, and the documents that they open. */
export interface CommandServices extends Services {
  readonly documents: Documents;
}

/** Made once at activation; called with whatever VS Code passes. */
export type Command = (services: CommandServices) => (...args: readonly unknown[]) => Promise<unknown>;
