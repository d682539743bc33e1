/** The certificates of a text, each as PEM (RFC 7468 §5). What stands between them is left out. */
export function certificatesIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
}
