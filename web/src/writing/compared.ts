// Two versions of a text, line by line: which lines the other one does not have.

export interface ComparedLine {
  text: string;
  differs: boolean;
}

export interface Compared {
  left: ComparedLine[];
  right: ComparedLine[];
  anyDiffers: boolean;
}

/** Without a right text nothing differs. */
export function compared(left: string, right: string | null): Compared {
  const lines = (text: string) => text.trimEnd().split('\n');
  const against = (text: string, other: string | null) => {
    const held = other === null ? null : new Set(lines(other));
    return lines(text).map((line) => ({text: line, differs: held !== null && !held.has(line)}));
  };
  const sides = {left: against(left, right), right: right === null ? [] : against(right, left)};
  return {...sides, anyDiffers: [...sides.left, ...sides.right].some((line) => line.differs)};
}
