// Calls of the service: types from its contract, one kind of failure.
import createClient from 'openapi-fetch';
import {ref} from 'vue';

import type {components, paths} from '../contract/service';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
type Finding = NonNullable<Problem['errors']>[number];

/** Why the service did not do what was asked, in words for whoever asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly id: string;
  readonly hint: string;
  readonly findings: Finding[];
  readonly request: string;

  constructor(problem: Partial<Problem>, status: number) {
    super(problem.detail || problem.title || `服务没有说明原因（${status}）`);
    this.status = status;
    this.id = problem.id ?? '';
    this.hint = problem.hint ?? '';
    this.findings = (problem.errors ?? []).filter(
      (each) => each.field || each.line || each.detail !== problem.detail,
    );
    this.request = problem.request ?? '';
  }

  /** Somebody else changed it since it was read. */
  get isStale(): boolean {
    return this.status === 412;
  }
}

/** How many calls are under way; the bar at the top shows it when they take long. */
export const underWay = ref(0);

let csrf = '';
let whenSignedOut: () => void = () => {};

/** Takes the CSRF token of the session along with everything that changes something. */
export function useCsrf(token: string): void {
  csrf = token;
}

/** What to do when the session turns out to have ended. */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

async function send(request: Request): Promise<Response> {
  if (request.method !== 'GET' && csrf) request.headers.set('X-CSRF-Token', csrf);
  underWay.value += 1;
  try {
    return await fetch(request);
  } finally {
    underWay.value -= 1;
  }
}

export const service = createClient<paths>({baseUrl: '/api/v1', fetch: send});

/** What openapi-fetch gives; `error` is a Problem unless something else answered. */
interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

function refusal(error: unknown, response: Response): Refusal {
  const signing = response.url.endsWith('/session');
  if (response.status === 401 && !signing) whenSignedOut();
  const known = typeof error === 'object' && error !== null && 'detail' in error;
  return new Refusal(known ? (error as Problem) : {}, response.status);
}

const kUnreachable: Partial<Problem> = {
  id: 'page.unreachable',
  detail: '服务没有回应',
  hint: '看看网络是否通；仍不行请告诉系统管理员。已填的内容留在本机，不会丢',
};

async function outcome<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call;
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === 'AbortError') throw reason;
    throw new Refusal(kUnreachable, 0);
  }
}

/** The answer of a call, or a Refusal thrown. */
export async function take<T>(call: Promise<Outcome<T>>): Promise<T> {
  const {data, error, response} = await outcome(call);
  if (!response.ok) throw refusal(error, response);
  return data as T;
}

/** The answer with its ETag, which a later change must bring back. */
export async function takeVersioned<T>(
  call: Promise<Outcome<T>>,
): Promise<{value: T; etag: string}> {
  const {data, error, response} = await outcome(call);
  if (!response.ok) throw refusal(error, response);
  return {value: data as T, etag: response.headers.get('ETag') ?? ''};
}

/** What a call that sends a file has beside its parameters. */
export function asFile(file: File) {
  return {
    headers: {'Content-Type': 'application/octet-stream'},
    body: file as unknown as string,
    bodySerializer: (body: string) => body as unknown as Blob,
  };
}

/** A file as calls in JSON take it. */
export async function toBase64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error(`读不了 ${file.name}`));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

/** A file as answers in JSON hold it. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Whether the call was only given up for a newer one. */
export function isAborted(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'AbortError';
}

/** An Idempotency-Key: a call that is sent again with it is done once. */
export function newReceipt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is for https alone
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
