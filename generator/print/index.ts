export { camelCase, Names, pascalCase } from '../ir/names.ts';
export {
  type Code,
  external,
  type ModuleScope,
  exportLine,
  plainCode,
  printModule,
  type Ref,
  type SourceFile,
  type,
  value,
} from './code.ts';
export { docComment, type DocExtras } from './doc.ts';
export {
  after,
  between,
  callGiving,
  callWith,
  comment,
  data,
  type Laid,
  type Line,
  member,
  property,
} from './laid.ts';
export {
  array,
  call,
  type Expression,
  type Member,
  object,
  spread,
  string,
  template,
  text,
} from './expression.ts';
export type { TypeNames } from './flat.ts';
export { jsonText } from './json.ts';
export {
  anythingOf,
  type BoundName,
  boundsTest,
  inheritingTests,
  regExp,
  ruleTests,
  type SchemaTest,
  type WholeRule,
  wholeRuleOf,
} from './schema-tests.ts';
export { schemaModule, type SchemaPrinter } from './schema-module.ts';
export { access, patternFlags, propertyName, quote, templateText, visible } from './text.ts';
export { typeData } from './type-data.ts';
export { declaration } from './types.ts';
