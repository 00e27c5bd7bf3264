// A text in pieces, those that were asked for marked.

export interface Highlight {
  offset: number; // bytes of UTF-8
  size: number;
}

export interface Piece {
  text: string;
  hit: boolean;
}

/** Highlights in order and without overlap, as the service gives them. */
export function marked(text: string, highlights: Highlight[]): Piece[] {
  const bytes = new TextEncoder().encode(text);
  const read = new TextDecoder();
  const pieces: Piece[] = [];
  let at = 0;
  const push = (end: number, hit: boolean) => {
    if (end > at) pieces.push({text: read.decode(bytes.slice(at, end)), hit});
    at = Math.max(at, end);
  };
  for (const {offset, size} of highlights) {
    push(offset, false);
    push(offset + size, true);
  }
  push(bytes.length, false);
  return pieces;
}
