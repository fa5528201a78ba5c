import type { Mocks } from './mock.js';
import type { MockData } from './mock-data.js';
import type { MockOptions, MockOverride } from './mock-operation.js';

/** Answers requests to an operation; made anew, the same data comes. */
export async function respond(
  mocks: Mocks,
  data: MockData,
  request: Request,
  answer: MockOverride | ((request: Request) => MockOverride | Promise<MockOverride>) = {},
  options: MockOptions = {},
): Promise<Response> {
  const override = typeof answer === 'function' ? await answer(request) : answer;
  const { status, headers, content } = await mocks.answer(data, request, override, options);
  return new Response(bodyOf(request, status, content), { status, headers });
}

/** Some statuses have no content, and neither have answers to HEAD. */
function bodyOf({ method }: Request, status: number, content: string | undefined): string | null {
  const isEmpty = method === 'HEAD' || [101, 204, 205, 304].includes(status);
  return isEmpty ? null : (content ?? null);
}
