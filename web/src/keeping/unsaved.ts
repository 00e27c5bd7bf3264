// What is typed and not yet saved stays on this computer, so that a reload loses nothing.
import {onBeforeUnmount, ref, watch, type Ref} from 'vue';

import {session} from '../service/session';

const kPrefix = 'huice.unsaved.';
const kDelay = 300; // milliseconds; typing should not write at each key

interface Kept {
  at: string; // when, for the notice
  value: unknown;
}

function place(key: string): string {
  return `${kPrefix}${session.user?.id ?? ''}.${key}`;
}

function read(key: string): Kept | null {
  const text = localStorage.getItem(place(key));
  if (text === null) return null;
  try {
    return JSON.parse(text) as Kept;
  } catch {
    return null; // written by another version
  }
}

/** Forgets all that the signed-in user has not saved: before signing out of a shared computer. */
export function forgetUnsaved(): void {
  const mine = `${kPrefix}${session.user?.id ?? ''}.`;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(mine)) localStorage.removeItem(key);
  }
}

export interface Unsaved {
  /** When the text that was found again had been typed; empty when nothing was. */
  foundAgain: Ref<string>;
  /** Begins to keep `value`; what was kept before replaces it. */
  begin: () => void;
  /** Saved or given up. */
  forget: () => void;
}

/** Keeps `value` under `key` while it differs from what `begin` found. */
export function keepUnsaved<T>(key: () => string, value: Ref<T>): Unsaved {
  const foundAgain = ref('');
  let timer = 0;
  let began = '';

  function write(): void {
    window.clearTimeout(timer);
    timer = 0;
    const kept: Kept = {at: new Date().toLocaleString('zh-CN'), value: value.value};
    localStorage.setItem(place(key()), JSON.stringify(kept));
  }
  function begin(): void {
    began = JSON.stringify(value.value);
    const kept = read(key());
    if (kept === null || JSON.stringify(kept.value) === began) return;
    value.value = kept.value as T;
    foundAgain.value = kept.at;
  }
  function forget(): void {
    window.clearTimeout(timer);
    timer = 0;
    foundAgain.value = '';
    began = JSON.stringify(value.value);
    localStorage.removeItem(place(key()));
  }
  watch(
    value,
    () => {
      if (began === '' || JSON.stringify(value.value) === began) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(write, kDelay);
    },
    {deep: true},
  );
  const flush = () => timer !== 0 && write();
  window.addEventListener('pagehide', flush);
  onBeforeUnmount(() => {
    flush();
    window.removeEventListener('pagehide', flush);
  });
  return {foundAgain, begin, forget};
}
