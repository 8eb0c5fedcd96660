/**
 * The `schemaVersion` of reports. Raise it when a member is removed, renamed or becomes required: stored reports of older
 * versions are then ignored. A separate file, so that the extension's bundle does not load the schemas.
 */
export const SCHEMA_VERSION = 1;
