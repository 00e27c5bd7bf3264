// Hands a file that an answer brought to whoever sits at the browser.

/** As a download of that name. */
export function saveAs(name: string, bytes: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes], {type}));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has to have begun with it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const kXlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
