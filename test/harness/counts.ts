/** How a suite went. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
