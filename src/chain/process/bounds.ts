/** What a server may send. */

/** A code of 10 MB fits as hex. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;
/** JSON values in a message: a page of keys has 1000, and the largest answer else about as many. */
export const MAX_VALUES = 20_000;
/** Nothing is subscribed to, so a good server sends none. */
export const MAX_UNASKED_MESSAGES = 100;
/** Nodes allow at most this many keys in a page. */
export const KEYS_PER_PAGE = 1000;
/** In one storage map. Polkadot has about 100 parachains. */
export const MAX_KEYS = 20_000;
/** Small enough for the limits that public endpoints set to a request. */
export const KEYS_PER_QUERY = 256;
