// A draft on its way: read, changed, set as pages while it is typed, saved, sent on.
import {computed, ref, shallowRef, watch} from 'vue';

import {keepUnsaved} from '../keeping/unsaved';
import {useSending} from '../parts/use_sending';
import {isAborted, Refusal, service, take, takeVersioned, type Schemas} from '../service/client';
import {may} from '../service/session';
import {templateTitle, trimmed, type DraftData, type Remark} from './schema';

type Draft = Schemas['Draft'];
type Step = 'submit' | 'review' | 'sign';

const kPause = 700; // milliseconds after the last key before the pages are set anew
const kOpenStates = ['草稿', '退回'];

function remarkOf(each: {detail: string; hint?: string; field?: string}): Remark {
  const field = (each.field ?? '').replace(/^(body\.)?data\./, '');
  return {field, text: each.detail, hint: each.hint ?? '', stops: true};
}

export function useDraft(id: string | null, startTemplate: string | null) {
  const draft = shallowRef<Draft | null>(null);
  const template = shallowRef<Schemas['Template'] | null>(null);
  const etag = ref('');
  const data = ref<DraftData>({});
  const {sending: saving, failure, send: attempt} = useSending();
  const saved = ref('');
  const pages = shallowRef<ArrayBuffer | null>(null);
  const setting = ref(false);
  const refused = ref<Remark[]>([]);
  const found = ref<Remark[]>([]);
  const unsaved = keepUnsaved(() => `draft.${id ?? `new.${startTemplate}`}`, data);

  const open = computed(() => draft.value === null || kOpenStates.includes(draft.value.state));
  const editable = computed(
    () => open.value && may(draft.value === null ? 'addDraft' : 'putDraft'),
  );
  const remarks = computed(() => [...refused.value, ...found.value]);
  const title = computed(
    () =>
      String(data.value['标题'] ?? '').replace(/\s+/g, '') ||
      templateTitle(template.value?.title ?? ''),
  );
  const body = () => ({
    template: template.value?.name ?? '',
    title: title.value.slice(0, 200),
    data: trimmed(data.value) as DraftData,
  });

  function takeIn(answer: {value: Draft; etag: string}): void {
    draft.value = answer.value;
    etag.value = answer.etag;
  }
  async function readDraft(): Promise<void> {
    takeIn(await takeVersioned(service.GET('/drafts/{id}', {params: {path: {id: id ?? ''}}})));
  }
  async function prefill(): Promise<void> {
    if (!may('getSettings')) return;
    const settings = await take(service.GET('/settings'));
    if (settings.office) data.value = {发文机关: settings.office};
  }
  async function begin(): Promise<void> {
    if (id !== null) await readDraft();
    const name = draft.value?.template ?? startTemplate ?? '';
    template.value = await take(service.GET('/templates/{name}', {params: {path: {name}}}));
    if (draft.value) data.value = structuredClone(draft.value.data) as DraftData;
    else await prefill();
    if (editable.value) unsaved.begin();
    await setPages();
  }

  let current: AbortController | null = null;
  async function preview(signal: AbortSignal): Promise<void> {
    try {
      const call = service.POST('/drafts/preview', {body: body(), parseAs: 'arrayBuffer', signal});
      pages.value = (await take(call)) as unknown as ArrayBuffer;
      refused.value = [];
    } catch (reason) {
      if (!(reason instanceof Refusal) || reason.status < 400 || reason.status >= 500) throw reason;
      const all = reason.findings.length
        ? reason.findings
        : [{id: '', detail: reason.message, hint: reason.hint}];
      refused.value = all.map(remarkOf);
    }
  }
  async function lint(signal: AbortSignal): Promise<void> {
    if (!may('lintDraft')) return;
    try {
      const report = await take(service.POST('/drafts/lint', {body: body(), signal}));
      found.value = report.findings.map((each) => ({
        field: (each.field ?? '').replace(/^data\./, ''),
        text: each.message,
        hint: each.hint ?? '',
        stops: false,
      }));
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      found.value = []; // what cannot be set cannot be proof-read either
    }
  }
  async function setPages(): Promise<void> {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    setting.value = true;
    try {
      if (open.value) await Promise.all([preview(mine.signal), lint(mine.signal)]);
      else {
        const path = {id: id ?? ''};
        const call = service.GET('/drafts/{id}/document.pdf', {
          params: {path},
          parseAs: 'arrayBuffer',
        });
        pages.value = (await take(call)) as unknown as ArrayBuffer;
      }
    } catch (reason) {
      if (current === mine && !isAborted(reason)) failure.value = reason;
    } finally {
      if (current === mine) setting.value = false;
    }
  }
  let timer = 0;
  watch(
    data,
    () => {
      window.clearTimeout(timer);
      saved.value = '';
      if (template.value && open.value) timer = window.setTimeout(() => void setPages(), kPause);
    },
    {deep: true},
  );

  const header = () => ({'If-Match': etag.value});
  async function put(): Promise<void> {
    if (draft.value === null) takeIn(await takeVersioned(service.POST('/drafts', {body: body()})));
    else {
      const params = {path: {id: draft.value.id}, header: header()};
      takeIn(await takeVersioned(service.PUT('/drafts/{id}', {params, body: body()})));
    }
    unsaved.forget();
    saved.value = '已存';
  }
  const save = () => attempt(put);
  /** Saves over what somebody else saved meanwhile, on purpose. */
  const overwrite = () =>
    attempt(async () => {
      const theirs = await takeVersioned(
        service.GET('/drafts/{id}', {params: {path: {id: id ?? ''}}}),
      );
      etag.value = theirs.etag;
      await put();
    });
  async function step(kind: Step, decision: Schemas['Decision']): Promise<void> {
    const params = {path: {id: draft.value?.id ?? ''}, header: header()};
    if (kind === 'submit') {
      await put();
      params.header = header();
      takeIn(await takeVersioned(service.POST('/drafts/{id}/submit', {params})));
    } else if (kind === 'review') {
      takeIn(await takeVersioned(service.POST('/drafts/{id}/review', {params, body: decision})));
    } else {
      takeIn(await takeVersioned(service.POST('/drafts/{id}/sign', {params, body: decision})));
    }
    await setPages();
  }
  const sendOn = (kind: Step, decision: Schemas['Decision'] = {approve: true}) =>
    attempt(() => step(kind, decision));
  const remove = () =>
    attempt(async () => {
      const params = {path: {id: draft.value?.id ?? ''}, header: header()};
      await take(service.DELETE('/drafts/{id}', {params}));
      unsaved.forget();
    });

  return {
    draft,
    template,
    data,
    failure,
    saving,
    saved,
    pages,
    setting,
    remarks,
    unsaved,
    open,
    editable,
    title,
    begin,
    save,
    overwrite,
    sendOn,
    remove,
  };
}
