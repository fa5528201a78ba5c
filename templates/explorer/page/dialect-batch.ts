import { createBatch } from '../../runtime/batch/draft/draft-batch.ts';
import type { Journal } from '../../runtime/batch/journal/journal.ts';
import type { DraftDialect } from '../../runtime/batch/protocol/protocol.ts';
import { hooks } from '../../runtime/batch/request/axapi.ts';
import { createRequestBatch } from '../../runtime/batch/request/request-batch.ts';
import type { RequestDialect, Traits } from '../../runtime/batch/request/request-protocol.ts';
import type { JournalReport } from '../../runtime/batch/undo/types.ts';
import { type Client, createClient } from '../../runtime/client.ts';
import type { BatchingData, RegExpData } from '../explorer-data.ts';

/** Reads journals of the API whose page this is. */
export interface JournalReader {
  readonly dialect: string;
  read(journal: Journal): Promise<JournalReport>;
}

export function journalReader({ kind, dialect: data, hasAxapiHooks }: BatchingData): JournalReader {
  // The generator wrote the dialect that it checked into this page.
  const dialect = revived(data) as DraftDialect & RequestDialect<Traits>;
  const client: Client = createClient({
    baseUrl: 'https://example.invalid',
    fetch: () => Promise.reject(new Error('Reading a journal sends nothing.')),
  });
  const batch =
    kind === 'draft'
      ? createBatch(client, dialect)
      : createRequestBatch(client, hasAxapiHooks ? { ...dialect, hooks } : dialect);
  return { dialect: dialect.name, read: (journal) => batch.readJournal(journal) };
}

/** JSON in which regular expressions are what they were. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  if (isRegExp(value)) return new RegExp(...value.regExp);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revived(part)]));
}

function isRegExp(value: object): value is RegExpData {
  return 'regExp' in value;
}
