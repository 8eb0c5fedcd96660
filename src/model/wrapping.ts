/** What a runtime blob may be wrapped in, in words that follow "taken out of". */
export const wrappings = {
  gzip: 'a gzip file',
  'utf-16': 'UTF-16 text',
  json: 'a JSON document',
  'rpc-answer': 'the answer of a node',
  'byte-list': 'a JSON list of bytes',
  'surrounding-text': 'the text around it',
  quotes: 'quotes',
  'white-space': 'hex text with white space',
  base64: 'base64 text',
  'scale-length': 'its SCALE encoding with the length in front',
  'encoded-call': 'an encoded call',
} as const;

export type Wrapping = keyof typeof wrappings;
