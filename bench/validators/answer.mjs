// Prints what emitted schemas answer: a process of its own, as emitted code may not come to an end.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [built = '', questions = ''] = process.argv.slice(2);
const schemas = await import(pathToFileURL(built).href);

const answers = JSON.parse(readFileSync(questions, 'utf8')).map(
  (/** @type {{ schemaName: string, values: readonly unknown[] }} */ { schemaName, values }) =>
    values.map((value) => answerOf(schemas[schemaName], value)),
);
process.stdout.write(JSON.stringify(answers));

/**
 * Whether a value is valid; null where the schema throws, or there is none.
 * @param {any} schema
 * @param {unknown} value
 */
function answerOf(schema, value) {
  try {
    const result = schema['~standard'].validate(value);
    return result instanceof Promise ? null : result.issues === undefined;
  } catch {
    return null;
  }
}
