/**
 * The same line with its telephone numbers kept in one piece: no line break between two groups of
 * digits, nor before an area code in brackets.
 */
export function unbrokenNumbers(line: string): string {
  return line.replaceAll(
    /(?<=[\d)]) (?=[\d(])|(?<=\d) (?=[-–/] ?\d)|(?<=\d [-–/]) (?=\d)/g,
    '\u00a0',
  )
}
