// Amounts and shares as people write them. No floats: digits are moved, not multiplied.

const kScales: [string, number][] = [
  ['亿元', 8],
  ['亿', 8],
  ['万元', 4],
  ['万', 4],
  ['元', 0],
  ['', 0],
];

function plain(written: string): string {
  return written.normalize('NFKC').replace(/[\s,，¥￥]/g, '');
}

/** `number` with its point moved by `places` to the right (left when negative). */
function moved(number: string, places: number): string {
  const negative = number.startsWith('-');
  const [whole = '', fraction = ''] = number.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded =
    point > 0 ? digits.padEnd(point, '0') : digits.padStart(digits.length - point + 1, '0');
  const at = Math.max(point, 1);
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const tail = padded.slice(at).replace(/0+$/, '');
  return (negative ? '-' : '') + head + (tail ? `.${tail}` : '');
}

/** Yuan in digits (`3000000`) for `300万`, `1.2亿元`, `3,000.50`; null for what is no amount. */
export function readAmount(written: string): string | null {
  const text = plain(written);
  const scale = kScales.find(([suffix]) => text.endsWith(suffix)) ?? ['', 0];
  const number = text.slice(0, text.length - scale[0].length);
  return /^-?\d+(\.\d+)?$/.test(number) ? moved(number, scale[1]) : null;
}

/** `0.055` for `5.5%` and `0.055`; null for what is no share. */
export function readShare(written: string): string | null {
  const text = plain(written);
  const percent = /^(-?\d+(?:\.\d+)?)(%|％)$/.exec(text);
  if (percent?.[1]) return moved(percent[1], -2);
  return /^-?\d+(\.\d+)?$/.test(text) ? moved(text, 0) : null;
}

/** `1,234,567.89元`, from digits or a number of the service. */
export function showYuan(yuan: number | string): string {
  const [whole = '', fraction] = String(yuan).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${grouped}${fraction ? `.${fraction}` : ''}元`;
}

/** `5.5%` for `0.055`. */
export function showShare(share: number | string): string {
  return `${moved(String(share), 2)}%`;
}

/** A rate to one place, half up, as bulletins tell it: `79.5%` of 0.7954545455. */
export function showRate(rate: number): string {
  return `${(Math.round(rate * 1000 + 1e-7) / 10).toFixed(1)}%`; // 0.5005 * 1000 is less than 500.5
}

/** Long numbers of yuan in a sentence of the service, in groups: `819,870元`. */
export function groupYuan(text: string): string {
  return text.replace(/(?<![\d.])\d{5,}(?=(\.\d+)?元)/g, (digits) =>
    digits.replace(/\B(?=(\d{3})+$)/g, ','),
  );
}
