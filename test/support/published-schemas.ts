/** Validates documents against the schemas in test/fixtures/schemas. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

const folder = new URL('../fixtures/schemas/', import.meta.url);
// The SARIF schema has a pattern that is no regular expression in Unicode mode.
const options = { strict: false, allErrors: true, unicodeRegExp: false } as const;

const formats = {
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => URL.canParse(text, 'https://example.org'),
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  regex: true,
} as const;

type Name = 'sarif-2.1.0' | 'github-action' | 'github-workflow' | 'gitlab-ci';

export function assertValid(name: Name, document: unknown): void {
  const ajv = new Ajv({ ...options, formats });
  check(ajv.compile(schema(name)), document);
}

/** An object of Kubernetes, by its own `kind`. */
export function assertValidKubernetes(document: { readonly apiVersion?: string; readonly kind?: string }): void {
  const ajv = new Ajv2020(options).addFormat('int32', true).addFormat('int64', true).addFormat('date-time', true);
  const names: Readonly<Record<string, string>> = {
    'batch/v1 Job': 'io.k8s.api.batch.v1.Job',
    'v1 PersistentVolumeClaim': 'io.k8s.api.core.v1.PersistentVolumeClaim',
  };
  const name = names[`${document.apiVersion} ${document.kind}`];
  assert.ok(name !== undefined, `no schema for ${document.apiVersion} ${document.kind}`);
  ajv.addSchema(schema('kubernetes-1.37'), 'kubernetes');
  const validate = ajv.getSchema(`kubernetes#/$defs/${name}`);
  assert.ok(validate !== undefined);
  check(validate, document);
}

/** Throws what libxml2 says about the document. */
export function assertValidJunit(xml: string): void {
  using xsd = XmlDocument.fromString(readFileSync(new URL('junit-10.xsd', folder), 'utf8'));
  using validator = XsdValidator.fromDoc(xsd);
  using document = XmlDocument.fromString(xml);
  validator.validate(document);
}

function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as object;
}

function check(validate: ValidateFunction, document: unknown): void {
  void validate(document);
  const errors = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  assert.deepEqual(errors.slice(0, 5), []);
}
