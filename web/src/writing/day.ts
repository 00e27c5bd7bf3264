// Days as people write them: 2026年3月1日, 2026.3.1, 26/3/1, 20260301, 3月1日, 昨天.

const kParted = /^(\d{4}|\d{2})[-.\/年](\d{1,2})[-.\/月](\d{1,2})[日号]?$/;
const kSolid = /^(\d{4})(\d{2})(\d{2})$/;
const kNoYear = /^(\d{1,2})[-.\/月](\d{1,2})[日号]?$/;

const kNear: Record<string, number> = {昨天: -1, 今天: 0, 今日: 0, 明天: 1};
const kDay = 86_400_000; // milliseconds

function checked(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}

/** `2026-03-01` for what was written, null for what is no day. `today` gives a missing year. */
export function readDay(written: string, today: string): string | null {
  const text = written.normalize('NFKC').replace(/\s/g, '');
  const near = kNear[text];
  if (near !== undefined)
    return new Date(Date.parse(today) + near * kDay).toISOString().slice(0, 10);
  const full = kParted.exec(text) ?? kSolid.exec(text);
  if (full) {
    const year = Number(full[1]);
    return checked(year < 100 ? 2000 + year : year, Number(full[2]), Number(full[3]));
  }
  const short = kNoYear.exec(text);
  return short ? checked(Number(today.slice(0, 4)), Number(short[1]), Number(short[2])) : null;
}

/** `2026年3月1日`; what is no day stays as it is. */
export function showDay(day: string | null | undefined): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(day ?? '');
  return found ? `${found[1]}年${Number(found[2])}月${Number(found[3])}日` : (day ?? '');
}

/** `2026-03-01 09:30`, in the time of this computer. */
export function showMoment(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
