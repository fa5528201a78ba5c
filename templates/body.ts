import type { Body, BodyContent, FieldRule, FieldStyle } from '../generator/ir/ir.ts';
import { type SourceFile, value } from '../generator/print/code.ts';
import {
  array,
  call,
  type Expression,
  type Member,
  object,
  string,
  text,
} from '../generator/print/expression.ts';
import { access, propertyName } from '../generator/print/text.ts';

const fieldModule = 'runtime/params/fields';

/** The expression that gives a request's body. */
export function body(declared: Body, isLong: boolean, file: SourceFile): Expression {
  const { contents, key, partHeaders } = declared;
  const input = text(`input${access(key)}`);
  const [only] = contents;
  if (contents.length > 1)
    return call(
      file.uses(value('content', 'runtime/params/content')),
      input,
      text('options?.contentType'),
      array(contents.map((content) => entry(content, isLong, file))),
    );
  const { encoding } = only;
  if (encoding === 'json' && isPlainJson(only.mediaType) && !isLong) return input;
  const rules = rulesOf(only, file);
  const headers = partHeaders && text(`input${access(partHeaders.key)}`);
  const isUsual = encoding === 'form' || only.mediaType === 'multipart/form-data';
  const mediaType = isUsual && !rules && !headers ? [] : [string(sendable(only))];
  return call(
    encoder(only, isLong, file),
    input,
    ...mediaType,
    ...(rules || headers ? [rules ?? text('{}')] : []),
    ...(headers ? [headers] : []),
  );
}

function isPlainJson(mediaType: string): boolean {
  return mediaType === 'application/json';
}

function entry(content: BodyContent, isLong: boolean, file: SourceFile): Expression {
  const rules = rulesOf(content, file);
  const facts: Member[] = [
    ...(content.takesText ? [['takesText', text('true')] as const] : []),
    ...(rules ? [['rules', rules] as const] : []),
  ];
  return array([
    string(content.mediaType),
    text(encoder(content, isLong, file)),
    ...(facts.length > 0 ? [object(facts)] : []),
  ]);
}

/** A form says itself what it is, in its only charset. */
function sendable({ mediaType, encoding }: BodyContent): string {
  return encoding === 'form' ? 'application/x-www-form-urlencoded;charset=UTF-8' : mediaType;
}

/** @param isLong Whether the body holds long integers, which JSON writes to the last digit. */
function encoder({ encoding }: BodyContent, isLong: boolean, file: SourceFile): string {
  const exact = encoding === 'json' ? 'exactJson' : 'exactJsonOrBytes';
  if (isLong && (encoding === 'json' || encoding === 'jsonOrBytes'))
    return file.uses(value(exact, 'runtime/values/exact-json'));
  const module =
    encoding === 'form' || encoding === 'multipart'
      ? `runtime/params/${encoding}`
      : 'runtime/params/body';
  return file.uses(value(encoding, module));
}

function rulesOf({ fields = [] }: BodyContent, file: SourceFile): Expression | undefined {
  if (fields.length === 0) return undefined;
  return object(fields.map((rule) => [propertyName(rule.name), ruleOf(rule, file)]));
}

const styles: Readonly<Record<FieldStyle, string>> = {
  form: 'commas',
  exploded: 'members',
  spaceDelimited: 'spaces',
  pipeDelimited: 'pipes',
  deepObject: 'nested',
  json: 'asJson',
};

function ruleOf(rule: FieldRule, file: SourceFile): Expression {
  if ('contentType' in rule) return string(rule.contentType);
  const style = file.uses(value(styles[rule.style], fieldModule));
  if (!rule.allowReserved) return text(style);
  // Prettier does not break so short a call.
  return text(`${file.uses(value('keepReserved', fieldModule))}(${style})`);
}
