// Who is signed in, and what they may ask of the service.
import {reactive} from 'vue';

import {onSignedOut, Refusal, service, take, useCsrf, type Schemas} from './client';

export type Role = Schemas['Role'];
export type User = Schemas['User'];

interface State {
  user: User | null;
  /** The session has ended while the page was in use: sign in again, nothing is lost. */
  expired: boolean;
  /** The day the service has; nothing here asks the clock of the computer. */
  today: string;
  /** Operations of the contract that is served, with the roles that may call them. */
  operations: Map<string, string[]>;
}

export const session = reactive<State>({
  user: null,
  expired: false,
  today: '',
  operations: new Map(),
});

function enter(answer: Schemas['Session']): void {
  session.user = answer.user;
  session.expired = false;
  session.today = answer.today;
  useCsrf(answer.csrf);
}

onSignedOut(() => {
  session.expired = session.user !== null;
});

/** Whether the service has the operation and whoever is signed in may call it. */
export function may(operation: string): boolean {
  const roles = session.operations.get(operation);
  if (roles === undefined || session.user === null) return false;
  const has = session.user.roles;
  return roles.some((role) => role === 'any' || role === 'public' || has.includes(role as Role));
}

interface ServedOperation {
  operationId?: string;
  'x-roles'?: string[];
  'x-planned'?: boolean; // in the contract, not yet in the service
}
interface ServedContract {
  paths?: Record<string, Record<string, ServedOperation>>;
}

async function readOperations(): Promise<void> {
  if (session.operations.size > 0) return;
  const contract = (await take(service.GET('/openapi.json'))) as ServedContract;
  const operations = Object.values(contract.paths ?? {}).flatMap((path) => Object.values(path));
  session.operations = new Map(
    operations.flatMap(({operationId, 'x-roles': roles, 'x-planned': planned}) =>
      operationId && !planned ? [[operationId, roles ?? []]] : [],
    ),
  );
}

/** Takes up a session that is still good. Whether there is one. */
export async function resume(): Promise<boolean> {
  if (session.user !== null) return true;
  await readOperations();
  try {
    enter(await take(service.GET('/session')));
    return true;
  } catch (reason) {
    if (reason instanceof Refusal && reason.status === 401) return false;
    throw reason;
  }
}

export async function signIn(login: string, password: string): Promise<void> {
  await readOperations();
  enter(await take(service.POST('/session', {body: {login, password}})));
}

export async function signOut(): Promise<void> {
  await take(service.DELETE('/session'));
}

export async function changePassword(old: string, fresh: string): Promise<void> {
  enter(await take(service.POST('/session/password', {body: {old, new: fresh}})));
}
