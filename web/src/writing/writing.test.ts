import {describe, expect, it} from 'vitest';

import {groupYuan, readAmount, readShare, showRate, showShare, showYuan} from './amount';
import {readDay, showDay} from './day';
import {marked} from './marked';
import {tidyNumber} from './number';

describe('a day', () => {
  it.each([
    ['2026年3月1日', '2026-03-01'],
    ['2026.3.1', '2026-03-01'],
    ['２０２６－３－１', '2026-03-01'],
    ['26/12/31', '2026-12-31'],
    ['20260301', '2026-03-01'],
    ['3月1号', '2026-03-01'],
    ['今天', '2026-11-22'],
    ['昨天', '2026-11-21'],
    ['2024-02-29', '2024-02-29'],
  ])('written %s is %s', (written, day) => {
    expect(readDay(written, '2026-11-22')).toBe(day);
  });
  it.each(['2026-02-30', '2026-13-01', '明年', '', '2026'])('is not %s', (written) => {
    expect(readDay(written, '2026-11-22')).toBeNull();
  });
  it('is shown in Chinese', () => expect(showDay('2026-03-01')).toBe('2026年3月1日'));
});

describe('an amount', () => {
  it.each([
    ['300万', '3000000'],
    ['300 万元', '3000000'],
    ['1.2亿', '120000000'],
    ['3,000.50元', '3000.5'],
    ['３００', '300'],
    ['0.00001万元', '0.1'],
    ['-5万', '-50000'],
    ['0', '0'],
  ])('written %s is %s yuan', (written, yuan) => expect(readAmount(written)).toBe(yuan));
  it.each(['三百万', '1.2.3', '万', '', '1e5'])('is not %s', (written) => {
    expect(readAmount(written)).toBeNull();
  });
  it('is shown in groups', () => expect(showYuan('1234567.8')).toBe('1,234,567.8元'));
});

describe('amounts in a sentence', () => {
  it.each([
    ['819870元', '819,870元'],
    ['1024837.5元至2049675元', '1,024,837.5元至2,049,675元'],
    ['448.66万元；9999元', '448.66万元；9999元'],
    ['证号 12345678', '证号 12345678'],
  ])('%s is shown as %s', (text, shown) => expect(groupYuan(text)).toBe(shown));
});

describe('a share', () => {
  it.each([
    ['5.5%', '0.055'],
    ['５％', '0.05'],
    ['0.88', '0.88'],
    ['100%', '1'],
  ])('written %s is %s', (written, share) => expect(readShare(written)).toBe(share));
  it('is shown in per cent', () => {
    expect(showShare(0.055)).toBe('5.5%');
    expect(showShare(1)).toBe('100%');
  });
  it('shows rates to one place, rounded once', () => {
    expect(showRate(35 / 44)).toBe('79.5%');
    expect(showRate(0.7005)).toBe('70.1%');
    expect(showRate(1)).toBe('100.0%');
  });
});

describe('a 发文字号', () => {
  it.each([
    ['云政办发[2026]18号', '云政办发〔2026〕18号'],
    ['云政办发（2026） 018 号', '云政办发〔2026〕18号'],
    ['湘办发电2021年68号', '湘办发电〔2021〕68号'],
    ['湘办发电〔2021〕第68号', '湘办发电〔2021〕68号'],
  ])('written %s becomes %s', (written, tidy) => expect(tidyNumber(written)).toBe(tidy));
  it('leaves other texts alone', () => expect(tidyNumber('财政部公告')).toBe('财政部公告'));
});

describe('highlights', () => {
  it('count bytes of UTF-8, as the service does', () => {
    expect(marked('享受稳岗返还：', [{offset: 6, size: 12}])).toEqual([
      {text: '享受', hit: false},
      {text: '稳岗返还', hit: true},
      {text: '：', hit: false},
    ]);
  });
});
