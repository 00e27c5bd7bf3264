import {expect, test} from 'vitest';

import {recentPeriods} from './periods';

test('periods go back over the turn of the year', () => {
  const periods = recentPeriods('2026-02-03');
  expect(periods.slice(0, 3).map((each) => each.value)).toEqual(['2026-02', '2026-01', '2025-12']);
  expect(periods.slice(6, 8)).toEqual([
    {value: '2026Q1', label: '2026年第一季度'},
    {value: '2025Q4', label: '2025年第四季度'},
  ]);
  expect(periods.at(-1)).toEqual({value: '2025', label: '2025年（带考核）'});
});
