import { expect } from 'vitest';
import { loadText } from './loading.ts';

export const head = "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\n";

export async function upgraded(text: string): Promise<unknown> {
  const { loaded, told } = await loadText(head + text);
  expect(told).toEqual([]);
  return loaded?.document;
}
