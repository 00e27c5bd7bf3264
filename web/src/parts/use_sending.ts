// Something that is done when it is asked for: whether it is under way, and why it was not done.
import {ref, type Ref} from 'vue';

export interface Sending {
  sending: Ref<boolean>;
  failure: Ref<unknown>;
  /** Whether `act` was done. */
  send: (act: () => Promise<void>) => Promise<boolean>;
}

export function useSending(): Sending {
  const sending = ref(false);
  const failure = ref<unknown>(null);

  async function send(act: () => Promise<void>): Promise<boolean> {
    sending.value = true;
    failure.value = null;
    try {
      await act();
      return true;
    } catch (reason) {
      failure.value = reason;
      return false;
    } finally {
      sending.value = false;
    }
  }
  return {sending, failure, send};
}
