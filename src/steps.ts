/**
 * Work in steps: whoever runs it may pause between them, or never go on. Nothing depends on how long a pause is, so a
 * room that works in steps needs no clock.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** So many blocks of a report are read in one step: a few milliseconds where all of them are new. */
export const blocksInStep = 4;

/** Does all of the work at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
