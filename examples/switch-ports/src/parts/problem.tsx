import type { ReactNode } from 'react';
import { ApiError } from '../meraki';
import { JournalError, PlanError } from '../meraki/batch';

/** An error, and what to do about it. */
export function Problem({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry?: () => void;
}): ReactNode {
  const { title, advice } = explained(error);
  return (
    <div className="problem" role="alert">
      <strong>{title}</strong>
      <p>{advice}</p>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

interface Explained {
  readonly title: string;
  readonly advice: string;
}

function explained(error: unknown): Explained {
  if (error instanceof ApiError) return explainedAnswer(error);
  if (error instanceof PlanError)
    return { title: error.message, advice: 'Nothing was sent. Review the changes again.' };
  if (error instanceof JournalError) {
    const advice =
      error.reason === 'in-use'
        ? 'Go on in that tab, or close it and try again.'
        : 'Nothing was sent that is not in it. Allow this site to store data, free some space, and try again.';
    return { title: error.message, advice };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { title: message, advice: 'Reload the page. What a run has done is not lost.' };
}

function explainedAnswer({ code, status, messages, message }: ApiError): Explained {
  if (code === 'network' || code === 'timeout' || (status !== undefined && status >= 500))
    return {
      title: 'The server does not answer.',
      advice: 'Check that `npm start` still runs and that you are online. Then try again.',
    };
  if (status === 401 || status === 403)
    return {
      title: 'The server does not accept the API key.',
      advice: 'Set MERAKI_API_KEY to a key of this organization, and start the page again.',
    };
  if (status === 404)
    return { title: 'There is no such thing on the server.', advice: 'Check the id.' };
  return {
    title: messages[0] ?? message,
    advice: 'Change what the server objects to, and try again.',
  };
}
