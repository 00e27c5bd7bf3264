// 发文字号 as people write it: any brackets, any width, blanks anywhere.

const kNumber = /^(.+?)[〔[(【［（]?(\d{4})年?[\]〕)】］）]?第?0*(\d+)号?$/;

/** `云政办发〔2026〕18号` for `云政办发[2026] 018 号`; what is no number stays as it is. */
export function tidyNumber(written: string): string {
  const found = kNumber.exec(written.normalize('NFKC').replace(/\s/g, ''));
  return found ? `${found[1]}〔${found[2]}〕${found[3]}号` : written.trim();
}
