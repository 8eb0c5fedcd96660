import { ChainError, type OpenChain } from './chain-reader.ts';

/** See `OpenChain`. */
export const openChain: OpenChain = (url) => Promise.reject(new ChainError(`${url} can't be read yet.`));
