// The periods that a bulletin may be about, as the service and people write them.

export interface Period {
  value: string; // 2026-05, 2026Q2, 2026
  label: string;
}

/** The month, quarter and year of `today` and what went before: six months, four quarters, two years. */
export function recentPeriods(today: string): Period[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1; // from 0
  const back = (count: number, each: (n: number) => Period) =>
    Array.from({length: count}, (_, n) => each(n));
  const months = back(6, (n) => {
    const at = year * 12 + month - n;
    const [inYear, number] = [Math.floor(at / 12), (at % 12) + 1];
    return {
      value: `${inYear}-${String(number).padStart(2, '0')}`,
      label: `${inYear}年${number}月`,
    };
  });
  const quarters = back(4, (n) => {
    const at = year * 4 + Math.floor(month / 3) - n;
    const [inYear, number] = [Math.floor(at / 4), (at % 4) + 1];
    return {value: `${inYear}Q${number}`, label: `${inYear}年第${'一二三四'[number - 1]}季度`};
  });
  const years = back(2, (n) => ({value: String(year - n), label: `${year - n}年（带考核）`}));
  return [...months, ...quarters, ...years];
}
