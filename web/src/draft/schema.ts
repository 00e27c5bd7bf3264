// The schema of a template (`NAME.schema.yaml`) as the form understands it.

export type Kind = '文本' | '数字' | '日期' | '是否' | '列表' | '记录' | '任意';

export interface Shape {
  类型: Kind;
  必填?: boolean | string;
  说明?: string;
  取值?: string[];
  项?: Shape;
  字段?: Record<string, Shape>;
}

export type Value = unknown;
export type DraftData = Record<string, Value>;

/** What is wrong somewhere in the data, by the service or by its proof-reader. */
export interface Remark {
  field: string; // `附件[1].标题`
  text: string;
  hint: string;
  /** Keeps the document from being set; otherwise advice. */
  stops: boolean;
}

/** Chosen by its name; the service puts what it is in its place. */
const kCampaign = 'campaign';
/** Tuning that hardly any document needs: folded away. */
const kRare = new Set([
  '份号',
  '密级',
  '紧急程度',
  '印章',
  '印章图',
  '印章直径',
  '画出印章位',
  '套打',
  '横排同向',
]);

export function isRequired(shape: Shape): boolean {
  return shape.必填 === true || shape.必填 === '是';
}

/** Fields to fill in, the rare ones apart; whether the document can bring a campaign. */
export function fieldsOf(schema: unknown): {
  usual: [string, Shape][];
  rare: [string, Shape][];
  campaign: boolean;
} {
  const record = (schema as {字段?: Record<string, Shape>} | null)?.字段 ?? {};
  const all = Object.entries(record).filter(([name]) => name !== kCampaign);
  const rare = all.filter(([name, shape]) => kRare.has(name) && !isRequired(shape));
  return {usual: all.filter((each) => !rare.includes(each)), rare, campaign: kCampaign in record};
}

/** Which editor a value gets. */
export type Editor =
  | 'choice'
  | 'text'
  | 'lines'
  | 'number'
  | 'day'
  | 'truth'
  | 'group'
  | 'groups'
  | 'outline'
  | 'table'
  | 'json';

function isText(value: Value): boolean {
  return value === null || value === undefined || typeof value === 'string';
}

export function editorOf(name: string, shape: Shape, value: Value): Editor {
  switch (shape.类型) {
    case '文本':
      return shape.取值?.length ? 'choice' : 'text';
    case '数字':
      return 'number';
    case '日期':
      return 'day';
    case '是否':
      return 'truth';
    case '列表':
      if (shape.项?.类型 === '记录')
        return shape.项.字段 ? 'groups' : name === '章节' ? 'outline' : 'json';
      return shape.项 === undefined || shape.项.类型 === '文本' || shape.项.类型 === '任意'
        ? 'lines'
        : 'json';
    case '记录':
      return shape.字段 ? 'group' : name === '表' ? 'table' : 'json';
    case '任意':
      return isText(value) || (Array.isArray(value) && value.every(isText)) ? 'lines' : 'json';
  }
}

/** Without what was left empty, so that "not written" and "written as nothing" are the same. */
export function trimmed(value: Value): Value {
  if (Array.isArray(value)) return value.map(trimmed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, trimmed(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => !isEmpty(each)));
}

function isEmpty(value: Value): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Remarks on `name` or something in it. */
export function remarksOn(remarks: Remark[], name: string): Remark[] {
  return remarks.filter(
    ({field}) => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`),
  );
}

/** `通知` for `通知（general-notice.md）要用的数据`, which is how schemas begin. */
export function templateTitle(title: string): string {
  return title.replace(/（[\w-]+\.md）.*$/, '');
}
