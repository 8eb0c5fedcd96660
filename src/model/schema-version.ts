/**
 * The `schemaVersion` of reports. Raise it when a member is removed, renamed or becomes required: readers of old reports
 * then leave them out. It has a file of its own so that the extension's bundle does not load the schemas.
 */
export const SCHEMA_VERSION = 1;
