/** A key in groups of four, as people copy it by eye. The groups are for the eye only. */
export function keyGroups(key: string): string[] {
  return key.match(/.{1,4}/g) ?? []
}
