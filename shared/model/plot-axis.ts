/** Steps at which an axis is marked: 1, 2 or 5 times a power of ten, so that there are at most `most` of them. */
export function stepsTo(end: number, most: number): number[] {
  const rough = end / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough * (1 - 1e-9)) ?? 10 * power;
  const count = Math.floor(end / step + 1e-9);
  // Multiplied anew each time, so that no error adds up.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
