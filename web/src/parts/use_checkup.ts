// The answers for one enterprise, as it is kept and as it would be with facts filled in.
import {computed, ref, watch, type Ref} from 'vue';

import type {Advice} from '../contract/advice';
import type {Change} from '../contract/difference';
import type {Match, MatchFile} from '../contract/match';
import {service, take, type Schemas} from '../service/client';
import {may} from '../service/session';
import {useReading} from './use_reading';

export type Filled = Record<string, string | number | boolean | null>;

const kDelay = 250; // milliseconds after the last key
const kOrder = ['eligible', 'review', 'incomplete', 'not_open', 'ineligible', 'expired'];

export function useCheckup(id: string, filled: Ref<Filled>) {
  function request(): Schemas['MatchRequest'] {
    const changes = Object.fromEntries(
      Object.entries(filled.value).filter(([, value]) => value !== null),
    );
    return Object.keys(changes).length ? {enterprise: id, changes} : {enterprise: id};
  }
  const hasChanges = computed(() => Object.values(filled.value).some((value) => value !== null));

  const answer = useReading(async (signal) => {
    const found = await take(service.POST('/match', {body: request(), signal}));
    const matches = (found as unknown as MatchFile).matches;
    return [...matches].sort((a, b) => kOrder.indexOf(a.status) - kOrder.indexOf(b.status));
  });
  const questions = useReading(async (signal) => {
    const found = await take(service.POST('/questions', {body: request(), signal}));
    return (found as unknown as Advice).questions ?? [];
  });
  const difference = useReading(async (signal) => {
    if (!hasChanges.value) return [] as Change[];
    const found = await take(service.POST('/whatif', {body: request(), signal}));
    return (found as unknown as {changes: Change[]}).changes;
  });
  const advice = useReading(async (signal) => {
    const [portfolio, nearest] = await Promise.all([
      take(service.POST('/portfolio', {body: request(), signal})),
      take(service.POST('/nearest', {body: request(), signal})),
    ]);
    return {
      portfolio: (portfolio as unknown as Advice).portfolio,
      nearest: (nearest as unknown as Advice).nearest ?? [],
      cliffs: (nearest as unknown as Advice).cliffs ?? [],
    };
  });

  async function readAll(): Promise<void> {
    await Promise.all([
      answer.read(),
      may('whatIf') ? difference.read() : undefined,
      may('askNext') && questions.value.value === null ? questions.read() : undefined,
    ]);
  }
  const timer = ref(0);
  watch(
    filled,
    () => {
      window.clearTimeout(timer.value);
      timer.value = window.setTimeout(() => void readAll(), kDelay);
    },
    {deep: true},
  );
  const changed = computed(() => new Set(difference.value.value?.map((each) => each.policy) ?? []));
  const counted = computed(() =>
    kOrder.map((status) => ({
      status: status as Match['status'],
      count: answer.value.value?.filter((each) => each.status === status).length ?? 0,
    })),
  );
  return {answer, questions, difference, advice, readAll, changed, counted, hasChanges};
}
