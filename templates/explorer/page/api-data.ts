import {
  blockIds,
  type Changes,
  chunkSize,
  type ExplorerIndex,
  type OperationDetail,
} from '../explorer-data.ts';

/** What the page holds. Its larger blocks are read when a reader opens what is in them. */
export interface ApiData {
  readonly index: ExplorerIndex;
  /** Absent where the page was made of one document. */
  readonly changes: Changes | undefined;
  /** By its place in the index. */
  operation(place: number): Promise<OperationDetail | undefined>;
  type(place: number): Promise<string | undefined>;
}

export function readApiData(): ApiData {
  const whole = new Promise<void>((done) => {
    if (document.readyState === 'loading')
      document.addEventListener('DOMContentLoaded', () => done(), { once: true });
    else done();
  });
  /** A block that is not there yet will be once the whole page is read. */
  const later = async <T>(id: string): Promise<T | undefined> => {
    if (!document.getElementById(id)) await whole;
    return readBlock<T>(id);
  };
  return {
    index: readBlock<ExplorerIndex>(blockIds.index) as ExplorerIndex,
    get changes() {
      return readBlock<Changes>(blockIds.changes);
    },
    operation: async (place) => {
      const chunk = await later<readonly OperationDetail[]>(
        blockIds.operations(Math.floor(place / chunkSize)),
      );
      return chunk?.[place % chunkSize];
    },
    type: async (place) => {
      const chunk = await later<readonly string[]>(blockIds.types(Math.floor(place / chunkSize)));
      return chunk?.[place % chunkSize];
    },
  };
}

/** Not kept: to parse a block again takes less than a frame, and all of them are many megabytes. */
function readBlock<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent;
  // The generator wrote it into this very page.
  return text ? (JSON.parse(text) as T) : undefined;
}
