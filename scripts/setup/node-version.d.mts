export function lowestOf(range: string): string
export function isAtLeast(version: string | undefined, lowest: string): boolean
