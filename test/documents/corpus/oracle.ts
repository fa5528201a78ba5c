import { readFile } from 'node:fs/promises';
import SwaggerParser from '@apidevtools/swagger-parser';

/** A document, of which is asked whether swagger-parser takes it to be valid. */
export interface Question {
  readonly file: string;
}

process.on('message', ({ file }: Question) => {
  void accepts(file).then((accepted) => process.send?.(accepted));
});

async function accepts(file: string): Promise<boolean> {
  try {
    // It changes what it is given, so it is given a copy of its own.
    const document: unknown = JSON.parse(await readFile(file, 'utf8'));
    // It only looks at the value, whatever its type says.
    await SwaggerParser.validate(document as Parameters<typeof SwaggerParser.validate>[0], {
      resolve: { external: false },
    });
    return true;
  } catch {
    return false;
  }
}
