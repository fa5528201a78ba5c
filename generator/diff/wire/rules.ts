/** The rules of the wire above schemas: operations, parameters, bodies, answers, security, servers. */
export const wireRules = {
  'operation-removed': { severity: 'breaking', text: 'An operation is gone' },
  'deprecated-operation-removed': {
    severity: 'warning',
    text: 'An operation is gone that was deprecated, and whose date of sunset, if it had one, has passed',
  },
  'operation-added': { severity: 'info', text: 'An operation is new' },
  'operation-moved': { severity: 'breaking', text: 'An operation has another method or path' },
  'operation-id-changed': {
    severity: 'info',
    text: 'An operation has another operationId; see the axis of types',
  },
  'tags-changed': { severity: 'docs', text: 'An operation has other tags; see the axis of types' },
  'sunset-earlier': {
    severity: 'warning',
    text: 'A date of sunset is earlier, or gone though the operation is still deprecated',
  },
  'stability-decreased': {
    severity: 'breaking',
    text: 'An operation, parameter or property promises less: its `x-stability-level` is lower',
  },
  'stability-increased': {
    severity: 'info',
    text: 'An operation, parameter or property promises more',
  },
  'long-running-changed': {
    severity: 'breaking',
    text: 'An operation answers at once or is to be polled (`x-ms-long-running-operation`)',
  },
  'parameter-removed': { severity: 'breaking', text: 'A parameter is gone' },
  'deprecated-parameter-removed': {
    severity: 'warning',
    text: 'A parameter is gone that was deprecated',
  },
  'parameter-added': { severity: 'info', text: 'An optional parameter is new' },
  'required-parameter-added': { severity: 'breaking', text: 'A required parameter is new' },
  'defaulted-parameter-added': {
    severity: 'warning',
    text: 'A required parameter with a default is new',
  },
  'parameter-required': { severity: 'breaking', text: 'A parameter became required' },
  'defaulted-parameter-required': {
    severity: 'warning',
    text: 'A parameter with a default became required',
  },
  'parameter-optional': { severity: 'info', text: 'A parameter became optional' },
  'parameter-moved': {
    severity: 'breaking',
    text: 'A parameter is sent in another place: path, query, header or cookie',
  },
  'parameter-style-changed': {
    severity: 'breaking',
    text: 'A parameter is written otherwise: its `style` or `explode`',
  },
  'parameter-reserved-forbidden': {
    severity: 'breaking',
    text: 'Reserved characters of a parameter must be encoded',
  },
  'parameter-reserved-allowed': {
    severity: 'info',
    text: 'Reserved characters of a parameter may stand as they are',
  },
  'parameter-empty-forbidden': { severity: 'breaking', text: 'A parameter may no longer be empty' },
  'parameter-empty-allowed': { severity: 'info', text: 'A parameter may be empty' },
  'parameter-content-changed': {
    severity: 'breaking',
    text: 'A parameter holds another media type',
  },
  'request-body-removed': { severity: 'breaking', text: 'A request body is gone' },
  'request-body-added': { severity: 'info', text: 'An optional request body is new' },
  'required-request-body-added': { severity: 'breaking', text: 'A required request body is new' },
  'request-body-required': { severity: 'breaking', text: 'A request body became required' },
  'request-body-optional': { severity: 'info', text: 'A request body became optional' },
  'request-media-type-removed': { severity: 'breaking', text: 'A media type is no longer taken' },
  'request-media-type-added': { severity: 'info', text: 'One more media type is taken' },
  'request-encoding-changed': {
    severity: 'breaking',
    text: 'A part of a form is written otherwise',
  },
  'status-removed': { severity: 'breaking', text: 'A status that says success is gone' },
  'error-status-removed': { severity: 'warning', text: 'A status that says failure is gone' },
  'status-added': {
    severity: 'warning',
    text: 'A status that says success is new, where the old document has no row for it',
  },
  'error-status-added': {
    severity: 'info',
    text: 'A status is new, for failure or where the old document has a row for it',
  },
  'response-body-removed': { severity: 'breaking', text: 'An answer has no body any more' },
  'response-body-added': { severity: 'info', text: 'An answer has a body' },
  'response-media-type-removed': {
    severity: 'breaking',
    text: 'A media type is no longer answered',
  },
  'response-media-type-added': { severity: 'info', text: 'One more media type is answered' },
  'response-encoding-changed': {
    severity: 'breaking',
    text: 'A part of an answer is written otherwise',
  },
  'response-header-removed': { severity: 'breaking', text: 'A header of an answer is gone' },
  'response-header-added': { severity: 'info', text: 'A header of an answer is new' },
  'response-header-required': { severity: 'info', text: 'A header of an answer is promised' },
  'response-header-content-changed': {
    severity: 'breaking',
    text: 'A header of an answer holds another media type, or is written otherwise',
  },
  'response-header-optional': {
    severity: 'breaking',
    text: 'A header of an answer is no longer promised',
  },
  'security-removed': {
    severity: 'breaking',
    text: 'One of the ways to be let in is no longer taken',
  },
  'security-added': { severity: 'info', text: 'One more way to be let in is taken' },
  'security-required': {
    severity: 'breaking',
    text: 'An operation that was open to all asks for credentials',
  },
  'security-opened': { severity: 'info', text: 'An operation asks for no credentials any more' },
  'scope-added': { severity: 'breaking', text: 'A way to be let in asks for one more scope' },
  'security-scheme-changed': {
    severity: 'breaking',
    text: 'The same credentials are sent otherwise: type, place, name or scheme',
  },
  'security-flow-removed': { severity: 'warning', text: 'A flow to get credentials is gone' },
  'security-endpoint-changed': { severity: 'info', text: 'The URL of a flow is another' },
  'security-scheme-removed': {
    severity: 'info',
    text: 'A security scheme is gone; operations that asked for it are reported',
  },
  'security-scheme-added': { severity: 'info', text: 'A security scheme is new' },
  'server-removed': { severity: 'warning', text: 'A server is gone, or its address is another' },
  'server-added': { severity: 'info', text: 'A server is new' },
  'server-variable-changed': {
    severity: 'info',
    text: 'A variable of a server has other values or another default',
  },
  'version-decreased': { severity: 'warning', text: "The document's version is lower than before" },
  'links-changed': { severity: 'docs', text: 'The links of an answer are others' },
} as const;

export type WireRule = keyof typeof wireRules;
