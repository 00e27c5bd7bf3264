// What a list shows of its rows.

export interface Column<Row> {
  /** The field that is shown where `show` is absent. */
  key: string;
  title: string;
  show?: (row: Row) => string;
  /** A class of `style/base.css` for the cell's text. */
  look?: (row: Row) => string;
  width?: string;
  number?: boolean;
  /** Left out on a phone. */
  wideOnly?: boolean;
}

/** Some rows of a list, and how many it has in all. */
export interface Rows<Row> {
  total: number;
  items: Row[];
}
