/**
 * How much of an audit goes into what people and other programs open whole. Beyond a bound a document says what it leaves out: all
 * of it stands in `results.jsonl`, which has no bound, and in the CSV files.
 */
export interface DocumentBounds {
  /** Observations in OSCAL; beyond, those of deviations alone and at most as many. */
  readonly observations: number;
  /** Rows of a sheet in the workbook, besides its heading. */
  readonly sheetRows: number;
  /** Sampled items of one population that are whole in the page; beyond, only items that deviate. */
  readonly pageItems: number;
  /** Results in the page, in the same way. */
  readonly pageResults: number;
  /** Characters of a file in lines that are held; a longer one is written piece by piece. */
  readonly heldText: number;
}

/** Under the controls of the catalog that Tickmark brings, some 600 changes are whole in OSCAL and 1,500 in the page. */
export const documentBounds: DocumentBounds = {
  observations: 10_000,
  // A spreadsheet takes 1,048,576 with the heading, and is slow long before that.
  sheetRows: 100_000,
  pageItems: 5_000,
  pageResults: 35_000,
  heldText: 4_000_000,
};
