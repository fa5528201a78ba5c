// @ts-nocheck
import type { Request } from '../call.js';
import type { ApiError } from './errors.js';

/** The requests that errors are about. */
export const requestOf: WeakMap<ApiError, Request> = new WeakMap();
