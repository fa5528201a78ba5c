import { texts } from '../hostile/texts.ts';

export const hostileTexts: readonly string[] = [
  ...Object.values(texts),
  'hasOwnProperty',
  'Array',
  'Client',
  'own',
  'input',
  'a/b',
  'a~b',
  '{id}',
  '{a}{b}',
  '/{id}/{id}',
  '1',
  '-',
  'a-b',
  'a_b',
  'A',
  'ﬀ',
  'ß',
  'İ',
  '日本',
  '\u{1f600}',
];

/** What documents call their parts. */
export const keywords: readonly string[] =
  `$ref $id $anchor $dynamicRef $dynamicAnchor $defs type format enum const default nullable properties
  additionalProperties patternProperties propertyNames unevaluatedProperties required items
  prefixItems allOf oneOf anyOf not if then discriminator propertyName mapping readOnly writeOnly
  deprecated title description example x-enum-varnames x-enum-descriptions contentEncoding
  contentMediaType minimum maximum schema content headers parameters requestBody responses callbacks
  webhooks security securitySchemes servers variables url tags operationId summary in name style
  explode allowReserved encoding contentType links get put post delete options head patch trace query
  additionalOperations paths components schemas definitions host basePath schemes consumes produces
  collectionFormat openapi swagger info version`.split(/\s+/);
