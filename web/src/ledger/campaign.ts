// Which of the county's campaigns the pages of 台账 are about: the one that the address names, the
// newest where it names none.
import {computed, type ComputedRef} from 'vue';
import {useRoute} from 'vue-router';

export interface CampaignChoice {
  /** A part of queries, of addresses and of calls. */
  query: ComputedRef<{campaign?: string}>;
  /** The page of one of its problems. */
  place: (problem: string) => string;
  /** A file of the service about it. */
  file: (path: string, further?: Record<string, string>) => string;
}

export function useCampaign(): CampaignChoice {
  const route = useRoute();
  const query = computed((): {campaign?: string} =>
    typeof route.query.campaign === 'string' ? {campaign: route.query.campaign} : {},
  );
  const withQuery = (path: string, further: Record<string, string> = {}): string => {
    const {campaign} = query.value;
    const text = new URLSearchParams({...(campaign && {campaign}), ...further}).toString();
    return text ? `${path}?${text}` : path;
  };
  return {
    query,
    place: (problem) => withQuery(`/ledger/${encodeURIComponent(problem)}`),
    file: (path, further) => withQuery(`/api/v1/ledger/${path}`, further),
  };
}
