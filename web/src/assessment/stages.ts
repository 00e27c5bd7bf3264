// Which scores whoever is signed in may give, as the service has it.
import type {Schemas} from '../service/client';
import {session} from '../service/session';

export type Stage = Schemas['ReviewStage'];

/** Of a target; without one, of whichever targets there are. */
export function stages(target?: string): Stage[] {
  const user = session.user;
  const reviews = user?.roles.some((role) => role === '考核' || role === '管理') ?? false;
  const isOwn = Boolean(user?.unit) && (target ?? user?.unit) === user?.unit;
  if (isOwn && (target !== undefined || !reviews)) return ['自评'];
  return reviews ? ['复核', '终评', '自评'] : [];
}
