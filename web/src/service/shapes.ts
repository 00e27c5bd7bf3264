// Answers whose inside the contract leaves to what the command line prints as JSON.
import type {Highlight} from '../writing/marked';

export interface Hit {
  id: string;
  passage: number;
  title: string;
  number: string;
  issuer: string;
  genre: string;
  region: string;
  date: string | null;
  headings: string[];
  snippet: {text: string; highlights: Highlight[]; cut_before: boolean; cut_after: boolean};
  lapse: string;
  lapsed_bases: string[];
  own?: boolean; // of the county itself
  answers?: {id: string; question: string; added_by: string}[]; // says the county of the passage
}

export interface Facet {
  name: string;
  count: number;
}

export interface Hits {
  query: string;
  total: number;
  hits: Hit[];
  facets: Record<'issuers' | 'genres' | 'years' | 'regions', Facet[]>;
  suggestion: string | null;
  missing?: number; // files of the county that are not indexed yet
}

export interface LibraryFile {
  id: string;
  title: string;
  number: string;
  issuer: string;
  genre: string;
  addressee: string;
  region: string;
  date: string | null;
  effective: string | null;
  expires: string | null;
  blocks: {kind: string; level: number; text: string}[];
}

/** Why a document no longer holds, and which one says so. */
export interface Lapse {
  text: string;
  by: string;
}

export interface Reference {
  title: string;
  number: string;
  id: string;
  held_title: string;
  lapse: Lapse | null;
}

export interface Citations {
  id: string;
  title: string;
  rests_on: Reference[];
  replaces: Reference[];
  cited_by: Reference[];
  lapse: Lapse | null;
  replaced_by: Reference[];
}

/** What templates are told of an assessment; so its sheets can be made from it as it is. */
export interface ScoreSheet {
  标题: string;
  组别: string;
  对象: string;
  名次: number;
  总分: number;
  完整: boolean;
  项目: {
    序号: number;
    名称: string;
    权重: number;
    得分: number | null;
    说明: string;
    依据: {名称: string; 数值: string; 佐证: string[]}[];
    评分?: {阶段: string; 分: number; 由: string; 日期: string; 理由: string}[];
  }[];
}

export interface Ranking {
  考核日: string;
  口径: string[];
  组: {
    名称: string;
    项目: {序号: number; 名称: string; 权重: number}[];
    对象: {名次: number; 对象: string; 得分: (number | null)[]; 总分: number; 完整: boolean}[];
    并列规则: string;
  }[];
}

/** A step of a problem's history. */
export interface LedgerEvent {
  on: string;
  event: string;
  by?: string;
  to?: string;
  due?: string;
  view?: string;
  tier?: string;
  agreed_by?: string;
  degree?: number;
  note?: string;
  evidence?: string[];
}

/** How many problems of the ledger; rates are shares from 0 to 1. */
export interface Tally {
  名称?: string;
  发现: number;
  化解: number;
  销号: number;
  在办: number;
  挂账: number;
  逾期: number;
  化解率: number | null;
  满意率: number | null;
}
