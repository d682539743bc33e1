import { useMemo } from 'react'
import { qrPath } from './qr-path.ts'

/** Dark on white in every theme: cameras want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => qrPath(text), [text])
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className="qr-code-paper" width={size} height={size} />
      <path className="qr-code-ink" d={path} />
    </svg>
  )
}
