// Who is who: the service tells by login who did something, the page shows the name.
import {shallowRef} from 'vue';

import {service, take} from './client';

const names = shallowRef(new Map<string, string>());

/** Reads the names of the county. Without them logins are shown, which is no failure. */
export async function learnNames(): Promise<void> {
  const {items} = await take(service.GET('/people')).catch(() => ({items: []}));
  names.value = new Map(items.map(({login, name}) => [login, name]));
}

/** The name of an account; anything else, as a person an imported ledger names, as it is. */
export function nameOf(login: string | null | undefined): string {
  return names.value.get(login ?? '') ?? login ?? '';
}
