import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { client, organizationId } from '../api';
import { getOrganizationSaseBatchJobsInfiniteQuery } from '../meraki/tanstack-query';
import { type Column, VirtualTable } from '../parts/virtual-table';
import { counted } from '../parts/figures';
import { Problem } from '../parts/problem';

const columns: readonly Column<'id' | 'type' | 'status' | 'error'>[] = [
  { key: 'id', heading: 'Job', size: '7rem' },
  { key: 'type', heading: 'Kind', size: '8rem' },
  { key: 'status', heading: 'State', size: '8rem' },
  { key: 'error', heading: 'Reason', size: 'minmax(12rem, 1fr)' },
];

const perPage = 25;

/** The jobs of a Secure Access batch, page by page. */
export function Jobs(): ReactNode {
  const [batchId, setBatchId] = useState('B_1');
  const [asked, setAsked] = useState(batchId);
  const jobs = useInfiniteQuery(
    getOrganizationSaseBatchJobsInfiniteQuery(client, { organizationId, batchId: asked, perPage }),
  );
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = jobs;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="jobs-heading" className="page">
      <div className="title">
        <h1 id="jobs-heading">Secure Access jobs</h1>
        <p role="status">
          {isFetching
            ? 'Reading…'
            : `${counted(items.length, 'job')} in ${counted(data?.pages.length ?? 0, 'page')}${hasNextPage ? '; there are more' : ''}`}
        </p>
      </div>
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(batchId);
        }}
      >
        <label className="filter">
          Batch{' '}
          <input
            required
            value={batchId}
            onChange={({ target }) => setBatchId(target.value.trim())}
          />
        </label>
        <button type="submit">Show</button>
      </form>
      {error && !isFetching && (
        <Problem error={error} retry={() => void (data ? fetchNextPage() : refetch())} />
      )}
      <VirtualTable
        label="Jobs"
        kind="jobs"
        columns={columns}
        count={items.length}
        keyOf={(index) => items[index]?.id ?? String(index)}
        heights={{ wide: 40, narrow: 72 }}
        cell={(index, key) => {
          const value = items[index]?.[key] ?? '';
          return key === 'status' ? <span className={`status ${value}`}>{value}</span> : value;
        }}
      />
      <div className="actions">
        <p>{hasNextPage === false && 'These are all.'}</p>
        <button
          type="button"
          disabled={!hasNextPage || isFetching}
          onClick={() => void fetchNextPage()}
        >
          Show {perPage} more
        </button>
      </div>
    </section>
  );
}
