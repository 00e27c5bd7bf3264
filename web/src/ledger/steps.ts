// What is written down with each step of a problem, and how the ledger is counted and told apart.
import type {Schemas} from '../service/client';

export type Kind = Schemas['EventKind'];
export type Step = Schemas['NewEvent'];
export type Particular = Exclude<keyof Step, 'kind' | 'on' | 'note' | 'evidence'>;

/** Beside day, note and evidence, which every step may have. */
export const kParticulars: Record<Kind, Particular[]> = {
  交办: ['to', 'due'],
  办理: ['degree'],
  办结: [],
  回访: ['view'],
  销号: [],
  退回: [],
  延期: ['due', 'agreed_by'],
  挂账: ['agreed_by', 'degree'],
  升级: ['tier', 'due'],
  审批: ['tier'],
};
const kNoteless: Kind[] = ['交办', '回访', '销号', '审批'];
const kFree: [Kind, Particular][] = [
  ['办理', 'degree'],
  ['挂账', 'degree'],
  ['升级', 'due'],
];

export function needsNote(kind: Kind): boolean {
  return !kNoteless.includes(kind);
}
export function needs(kind: Kind, particular: Particular): boolean {
  return !kFree.some(([free, name]) => free === kind && name === particular);
}

/** What a particular of the step is called. */
export function titleOf(kind: Kind, particular: Particular): string {
  switch (particular) {
    case 'to':
      return '交给谁办';
    case 'due':
      return kind === '延期' ? '延到哪一天' : '办结期限';
    case 'degree':
      return '解决到几成';
    case 'view':
      return '企业评价';
    case 'tier':
      return kind === '审批' ? '哪一级审批' : '升到哪一级';
    case 'agreed_by':
      return kind === '延期' ? '谁批准的（不能是申请的单位）' : '企业谁认可的';
  }
}

export const kViews: NonNullable<Step['view']>[] = ['满意', '基本满意', '不满意'];
/** Above the unit, from below. */
export const kTiers: NonNullable<Step['tier']>[] = ['县级包联领导', '总调度会', '上级'];

export const kCounts = ['发现', '在办', '逾期', '挂账', '化解', '销号'] as const;
export type Count = (typeof kCounts)[number];
export const kCountNames: Record<Count, string> = {
  发现: '全部',
  在办: '在办',
  逾期: '逾期',
  挂账: '挂账',
  化解: '已化解',
  销号: '已销号',
};

export const kParts = {unit: '承办单位', category: '类别', level: '办理层级', month: '登记月份'};
export type Part = keyof typeof kParts;

/** The place of the problems behind a figure of a campaign. */
export function behind(
  campaign: {campaign?: string},
  count: Count,
  by?: Part,
  part?: string,
): {query: Record<string, string>} {
  return {query: {...campaign, count, ...(by && part !== undefined && {by, part})}};
}
