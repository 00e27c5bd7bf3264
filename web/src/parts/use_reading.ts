// Reading something of the service for a page: the value, why there is none, and again.
import {ref, shallowRef, type Ref, type ShallowRef} from 'vue';

import {isAborted} from '../service/client';

export interface Reading<T> {
  value: ShallowRef<T | null>;
  failure: Ref<unknown>;
  waiting: Ref<boolean>;
  /** Reads; an older answer never replaces a newer one. */
  read: () => Promise<void>;
}

export function useReading<T>(call: (signal: AbortSignal) => Promise<T>): Reading<T> {
  const value = shallowRef<T | null>(null);
  const failure = ref<unknown>(null);
  const waiting = ref(false);
  let current: AbortController | null = null;

  async function read(): Promise<void> {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    waiting.value = true;
    try {
      const answer = await call(mine.signal);
      if (current !== mine) return;
      value.value = answer;
      failure.value = null;
    } catch (reason) {
      if (current === mine && !isAborted(reason)) failure.value = reason;
    } finally {
      if (current === mine) waiting.value = false;
    }
  }
  return {value, failure, waiting, read};
}
