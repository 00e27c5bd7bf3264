// What jobs and their states are called.
import type {Schemas} from '../service/client';

type Job = Schemas['Job'];

export const kJobKinds = {
  'match-bulk': '整县匹配',
  'draft-batch': '批量成文',
  digest: '企业手机报',
  ingestion: '文件入库',
} as const;
export type JobKind = keyof typeof kJobKinds;

export const kJobStates: Record<Job['state'], string> = {
  queued: '等候',
  running: '正在做',
  done: '做完',
  failed: '没有做成',
  cancelled: '已取消',
};
