/** A sentence in which the account name stands out, because people look for exactly that. */
export function Named({ text, name }: { text: string; name: string }) {
  const at = text.indexOf(name)
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <strong className="account-name">{name}</strong>
      {text.slice(at + name.length)}
    </>
  )
}
